using OpenEntropy.Pqc.Falcon.Formats;
using OpenEntropy.Pqc.Falcon.Ntru;
using OpenEntropy.Pqc.Falcon.Sampling;

namespace OpenEntropy.Pqc.Falcon;

/// <summary>
/// Algorithms 4 and 5, Keygen and NTRUGen. A key is a function of its seed, the same on every machine, but not the one another implementation makes
/// of it: the specification fixes no generator.
/// <para>
/// Candidates that are refused show in the time taken, and are not used. Of the f and g that are, the time tells what <see cref="BasisQuality"/> and
/// <see cref="NtruSolver"/> say of themselves, once.
/// </para>
/// </summary>
internal static class FalconKeyGenerator
{
    /// <summary>Bytes of a seed.</summary>
    public const int SeedBytes = 48;

    /// <summary>The key of a seed: f and g are drawn from SHAKE256 of it, 8 bytes a coefficient, until a pair becomes a key.</summary>
    /// <param name="parameters">Falcon-512 or Falcon-1024.</param>
    /// <param name="seed"><see cref="SeedBytes"/> secret bytes.</param>
    /// <exception cref="ArgumentException">The seed has another length.</exception>
    public static FalconPrivateKey Generate(FalconParameters parameters, ReadOnlySpan<byte> seed)
    {
        if (seed.Length != SeedBytes)
            throw new ArgumentException($"A seed has {SeedBytes} bytes ({seed.Length} given).", nameof(seed));
        using var stream = new ShakeStream(seed);
        var coefficients = SecretArray.Of<sbyte>(4 * parameters.Degree);
        try
        {
            FalconPrivateKey? key;
            do key = TryGenerate(parameters, stream.Fill, coefficients);
            while (key is null);
            return key;
        }
        finally
        {
            SecretArray.Zero(coefficients);
        }
    }

    private static FalconPrivateKey? TryGenerate(FalconParameters parameters, RandomBytes random, sbyte[] coefficients)
    {
        var degree = parameters.Degree;
        var f = coefficients.AsSpan(0, degree);
        var g = coefficients.AsSpan(degree, degree);
        var bigF = coefficients.AsSpan(2 * degree, degree);
        var bigG = coefficients.AsSpan(3 * degree, degree);
        var limit = PrivateKeyEncoding.MaxMagnitude(parameters.SmallBits);
        var gaussian = parameters.LogDegree == 9 ? KeyGaussian.Of512 : KeyGaussian.Of1024;
        if (!gaussian.TryFill(random, f, limit) || !gaussian.TryFill(random, g, limit))
            return null;

        // The norms of both are even where both sums of coefficients are: no use descending to them.
        if (((Sum(f) | Sum(g)) & 1) == 0)
            return null;
        if (!BasisQuality.IsAcceptable(f, g) || !NtruSolver.TrySolve(f, g, bigF, bigG))
            return null;
        return FalconPrivateKey.FromPolynomials(parameters, f, g, bigF);
    }

    private static int Sum(ReadOnlySpan<sbyte> polynomial)
    {
        var sum = 0;
        foreach (var coefficient in polynomial)
            sum += coefficient;
        return sum;
    }
}
