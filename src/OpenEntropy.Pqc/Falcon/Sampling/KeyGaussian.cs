using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace OpenEntropy.Pqc.Falcon.Sampling;

/// <summary>
/// The discrete Gaussian of the coefficients of f and g, centered on 0 with the standard deviation 1.17 √(q / 2n) (Algorithm 5, lines 2 to 4), from a
/// table of cumulative probabilities in units of 2^−63 that is computed exactly when first used. The table is read whole and without branches.
/// </summary>
internal sealed class KeyGaussian
{
    private const int ProbabilityBits = 63;
    private const int WorkingBits = 256;

    private readonly ulong[] _tail;

    private KeyGaussian(int degree) => _tail = Table(degree);

    /// <summary>For Falcon-512.</summary>
    public static KeyGaussian Of512 { get; } = new(512);

    /// <summary>For Falcon-1024.</summary>
    public static KeyGaussian Of1024 { get; } = new(1024);

    /// <summary>Element k is ⌊2^63 P(|z| > k)⌋; the last is 1 or more.</summary>
    internal ReadOnlySpan<ulong> Tail => _tail;

    /// <summary>
    /// Fills a polynomial from 8 bytes of the source a coefficient, a sign and 63 bits; false when a coefficient is beyond the limit, with the
    /// polynomial to be thrown away.
    /// </summary>
    public bool TryFill(RandomBytes source, Span<sbyte> polynomial, int limit)
    {
        var random = SecretArray.Of<byte>(sizeof(ulong) * polynomial.Length);
        source(random);
        var outOfRange = 0;
        for (var i = 0; i < polynomial.Length; i++)
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(random.AsSpan(sizeof(ulong) * i));
            var value = word & long.MaxValue;
            var magnitude = 0;
            foreach (var tail in _tail)
                magnitude += (int)((value - tail) >> 63);
            outOfRange |= limit - magnitude;
            var sign = (int)(word >> 63);
            polynomial[i] = (sbyte)((magnitude ^ -sign) + sign);
        }
        CryptographicOperations.ZeroMemory(random);
        return outOfRange >= 0;
    }

    private static ulong[] Table(int degree)
    {
        // e^(−1/2σ²), whose k²-th power is the weight of k: 1/2σ² = n / 1.17² q = 10000 n / (13689 q).
        var one = BigInteger.One << WorkingBits;
        var exponent = one * (10000 * degree) / (13689L * FalconParameters.Modulus);
        var ratio = BigInteger.Zero;
        var term = one;
        for (var order = 1; !term.IsZero; order++)
        {
            ratio += term;
            term = -((term * exponent) >> WorkingBits) / order;
        }

        // ratio^(k²) = ratio^((k − 1)²) ratio^(2k − 1)
        var weights = new List<BigInteger> { one };
        var (square, odd) = ((ratio * ratio) >> WorkingBits, ratio);
        for (var weight = ratio; !weight.IsZero; weight = (weight * odd) >> WorkingBits)
        {
            weights.Add(2 * weight);
            odd = (odd * square) >> WorkingBits;
        }
        var total = weights.Aggregate(BigInteger.Zero, (sum, weight) => sum + weight);
        var tail = new List<ulong>();
        for (var rest = total - weights[0]; (rest << ProbabilityBits) >= total; rest -= weights[tail.Count])
            tail.Add((ulong)((rest << ProbabilityBits) / total));
        return [.. tail];
    }
}
