using System.Numerics;

namespace OpenEntropy.Assessment.Numerics;

/// <summary>Discrete Fourier transforms of 2, 3, 4 or 5 complex numbers in place, in every lane of a vector at once.</summary>
internal static class Butterfly
{
    /// <summary>The largest number of numbers.</summary>
    public const int MaximumRadix = 5;

    private static readonly double Sin3 = Math.Sin(2 * Math.PI / 3);
    private static readonly double Cos5 = Math.Cos(2 * Math.PI / 5);
    private static readonly double Sin5 = Math.Sin(2 * Math.PI / 5);
    private static readonly double Cos5Twice = Math.Cos(4 * Math.PI / 5);
    private static readonly double Sin5Twice = Math.Sin(4 * Math.PI / 5);

    /// <param name="radix">How many numbers: 2, 3, 4 or 5.</param>
    /// <param name="re">Their real parts, <see cref="MaximumRadix"/> places.</param>
    /// <param name="im">Their imaginary parts, as many places.</param>
    public static void Apply(int radix, Span<Vector<double>> re, Span<Vector<double>> im)
    {
        switch (radix)
        {
            case 2:
                (re[0], re[1]) = (re[0] + re[1], re[0] - re[1]);
                (im[0], im[1]) = (im[0] + im[1], im[0] - im[1]);
                break;
            case 3:
                Three(re, im);
                break;
            case 4:
                Four(re, im);
                break;
            default:
                Five(re, im);
                break;
        }
    }

    private static void Three(Span<Vector<double>> re, Span<Vector<double>> im)
    {
        var (sumRe, sumIm) = (re[1] + re[2], im[1] + im[2]);
        var (middleRe, middleIm) = (re[0] - (0.5 * sumRe), im[0] - (0.5 * sumIm));
        var (turnRe, turnIm) = (Sin3 * (im[1] - im[2]), Sin3 * (re[2] - re[1]));
        (re[0], im[0]) = (re[0] + sumRe, im[0] + sumIm);
        (re[1], im[1]) = (middleRe + turnRe, middleIm + turnIm);
        (re[2], im[2]) = (middleRe - turnRe, middleIm - turnIm);
    }

    private static void Four(Span<Vector<double>> re, Span<Vector<double>> im)
    {
        var (evenRe, evenIm) = (re[0] + re[2], im[0] + im[2]);
        var (oddRe, oddIm) = (re[1] + re[3], im[1] + im[3]);
        var (aRe, aIm) = (re[0] - re[2], im[0] - im[2]);
        var (turnRe, turnIm) = (im[1] - im[3], re[3] - re[1]);
        (re[0], im[0]) = (evenRe + oddRe, evenIm + oddIm);
        (re[1], im[1]) = (aRe + turnRe, aIm + turnIm);
        (re[2], im[2]) = (evenRe - oddRe, evenIm - oddIm);
        (re[3], im[3]) = (aRe - turnRe, aIm - turnIm);
    }

    private static void Five(Span<Vector<double>> re, Span<Vector<double>> im)
    {
        var (outerRe, outerIm) = (re[1] + re[4], im[1] + im[4]);
        var (innerRe, innerIm) = (re[2] + re[3], im[2] + im[3]);
        var (outerTurnRe, outerTurnIm) = (im[1] - im[4], re[4] - re[1]);
        var (innerTurnRe, innerTurnIm) = (im[2] - im[3], re[3] - re[2]);
        var (aRe, aIm) = (re[0] + (Cos5 * outerRe) + (Cos5Twice * innerRe), im[0] + (Cos5 * outerIm) + (Cos5Twice * innerIm));
        var (bRe, bIm) = (re[0] + (Cos5Twice * outerRe) + (Cos5 * innerRe), im[0] + (Cos5Twice * outerIm) + (Cos5 * innerIm));
        var (cRe, cIm) = ((Sin5 * outerTurnRe) + (Sin5Twice * innerTurnRe), (Sin5 * outerTurnIm) + (Sin5Twice * innerTurnIm));
        var (dRe, dIm) = ((Sin5Twice * outerTurnRe) - (Sin5 * innerTurnRe), (Sin5Twice * outerTurnIm) - (Sin5 * innerTurnIm));
        (re[0], im[0]) = (re[0] + outerRe + innerRe, im[0] + outerIm + innerIm);
        (re[1], im[1]) = (aRe + cRe, aIm + cIm);
        (re[2], im[2]) = (bRe + dRe, bIm + dIm);
        (re[3], im[3]) = (bRe - dRe, bIm - dIm);
        (re[4], im[4]) = (aRe - cRe, aIm - cIm);
    }
}
