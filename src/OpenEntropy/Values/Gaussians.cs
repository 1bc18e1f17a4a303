namespace OpenEntropy.Values;

/// <summary>
/// Normally distributed numbers by the polar method (Marsaglia and Bray, SIAM Review 6, 1964; Knuth, The Art of Computer Programming 2, 3.4.1,
/// algorithm P), in pairs: (1) u and v are each made of 7 bytes, a 56-bit number, the most significant first, its lowest 4 bits dropped, which
/// leaves k, and (2k + 1 − 2^52)·2^−52, exactly; (2) s = u·u + v·v; where s ≥ 1 go back to (1); (3) f = √((−2·ln s)/s); (4) the pair is
/// mean + deviation·(u·f) and mean + deviation·(v·f). Of an odd number the last pair's second is dropped.
/// Only +, −, ×, ÷ and √ are used, each rounded to a double as IEEE 754 says and none fused with another, and for ln a fixed series of them, so
/// the same bytes give the same bits on every machine. Since s is at least 2^−103, no value is farther than 12 deviations from the mean.
/// </summary>
public static class Gaussians
{
    /// <summary>The mapping's name and version.</summary>
    public const string Mapping = "gaussians/1";

    /// <summary>The largest mean, in either direction, and the largest deviation: no value overflows.</summary>
    public const double Largest = 1e300;

    private const int Width = 7;
    private const int DroppedBits = 4;
    private const double Step = 1.0 / (1L << 52);

    /// <summary>What so many numbers consume: a pair is accepted with the probability π/4.</summary>
    /// <param name="count">Numbers.</param>
    internal static ByteNeed Need(long count) => ByteNeed.OfTries(2 * Width, Math.PI / 4) * ((count + 1) / 2);

    /// <summary>Draws the numbers.</summary>
    /// <param name="supply">Gives the bytes.</param>
    /// <param name="mean">−10^300 to 10^300.</param>
    /// <param name="deviation">The standard deviation, 0 to 10^300.</param>
    /// <param name="destination">Receives them.</param>
    /// <exception cref="ArgumentOutOfRangeException">Mean or deviation is out of its range.</exception>
    public static void Fill(ByteSupply supply, double mean, double deviation, Span<double> destination)
    {
        ArgumentNullException.ThrowIfNull(supply);
        if (!(Math.Abs(mean) <= Largest))
            throw new ArgumentOutOfRangeException(nameof(mean), mean, "The mean must be between -1e300 and 1e300.");
        if (!(deviation >= 0 && deviation <= Largest))
            throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "The deviation must be between 0 and 1e300.");

        for (var i = 0; i < destination.Length; i += 2)
        {
            var (first, second) = NextPair(supply);
            destination[i] = mean + (deviation * first);
            if (i + 1 < destination.Length)
                destination[i + 1] = mean + (deviation * second);
        }
    }

    private static (double First, double Second) NextPair(ByteSupply supply)
    {
        double u;
        double v;
        double s;
        do
        {
            u = NextCoordinate(supply);
            v = NextCoordinate(supply);
            s = (u * u) + (v * v);
        } while (s >= 1);

        var f = Math.Sqrt(-2 * PlainLogarithm.Of(s) / s);
        return (u * f, v * f);
    }

    // Odd multiples of 2^−52 between −1 and 1: symmetric, and never 0, whose logarithm there is not.
    private static double NextCoordinate(ByteSupply supply)
    {
        var k = (long)(supply.ReadWord(Width) >> DroppedBits);
        return ((2 * k) + 1 - (1L << 52)) * Step;
    }
}
