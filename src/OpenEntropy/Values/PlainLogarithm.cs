namespace OpenEntropy.Values;

/// <summary>
/// The natural logarithm by additions, multiplications and divisions in a stated order, which IEEE 754 rounds in one way on every machine; the
/// last bits of a library's logarithm differ from one to another. Its relative error is below 10^−15.
/// </summary>
internal static class PlainLogarithm
{
    /// <summary>The double nearest to √2.</summary>
    private const double Root2 = 1.4142135623730951;

    /// <summary>The double nearest to ln 2.</summary>
    private const double Log2 = 0.6931471805599453;

    /// <summary>The divisor of the last term: t ≤ 0.1716, so what is left out is below t^24/25, under 2·10^−20.</summary>
    private const int LastDivisor = 23;

    /// <summary>
    /// x = m·2^e with m from 1 up to 2; where m exceeds √2, m is halved and e rises by 1. With t = (m − 1)/(m + 1) and q = t·t:
    /// p = 1/23; p = p·q + 1/d for d = 21, 19, …, 1; the result is e·ln 2 + (2·t)·p.
    /// </summary>
    /// <param name="x">Positive, finite and normal.</param>
    public static double Of(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var e = (int)(bits >> 52) - 1023;
        var m = BitConverter.Int64BitsToDouble((bits & ((1L << 52) - 1)) | (1023L << 52));
        if (m > Root2)
        {
            m *= 0.5;
            e++;
        }

        var t = (m - 1) / (m + 1);
        var q = t * t;
        var p = 1.0 / LastDivisor;
        for (var d = LastDivisor - 2; d >= 1; d -= 2)
            p = (p * q) + (1.0 / d);
        return (e * Log2) + (2 * t * p);
    }
}
