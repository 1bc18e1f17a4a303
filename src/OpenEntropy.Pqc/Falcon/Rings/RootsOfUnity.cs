namespace OpenEntropy.Pqc.Falcon.Rings;

/// <summary>
/// The complex roots of unity of the Fourier transform, computed in fixed-point arithmetic by Taylor's series and rounded once, so that they are the
/// same on every machine, which a platform's sine is not. Keys from a seed depend on it.
/// </summary>
internal static class RootsOfUnity
{
    /// <summary>log2 of the greatest degree.</summary>
    public const int MaxLogDegree = 10;

    private const int Points = 1 << MaxLogDegree;
    private const int FractionBits = 62;
    private const long QuarterOfPi = 0x3243F6A8885A308D; // π/4 in units of 2^−62

    /// <summary>Element k is the real part of e^(iπ b/1024), b being k's ten bits reversed.</summary>
    public static readonly double[] Real = new double[Points];

    /// <summary>The imaginary parts.</summary>
    public static readonly double[] Imaginary = new double[Points];

    static RootsOfUnity()
    {
        for (var k = 0; k < Points; k++)
        {
            var step = BitReversal.Of(k, MaxLogDegree); // the angle in units of π/1024
            var acute = step <= Points / 2 ? step : Points - step;
            if (acute <= Points / 4)
                (Real[k], Imaginary[k]) = SmallAngle(acute);
            else
                (Imaginary[k], Real[k]) = SmallAngle((Points / 2) - acute);
            if (acute != step)
                Real[k] = -Real[k];
        }
    }

    /// <summary>Cosine and sine of step π/1024, step from 0 to 256.</summary>
    private static (double Cosine, double Sine) SmallAngle(int step)
    {
        var angle = (long)((Int128)QuarterOfPi * step / (Points / 4));
        var (term, cosine, sine) = (1L << FractionBits, 0L, 0L);
        for (var order = 0; term != 0; order++)
        {
            var sign = (order & 2) == 0 ? 1 : -1;
            if ((order & 1) == 0)
                cosine += sign * term;
            else
                sine += sign * term;
            term = (long)(((Int128)term * angle) >> FractionBits) / (order + 1);
        }
        return (Math.ScaleB(cosine, -FractionBits), Math.ScaleB(sine, -FractionBits));
    }
}
