using System.Runtime.InteropServices;
using System.Security.Cryptography;
using OpenEntropy.Pqc.Hashing;

namespace OpenEntropy.Pqc.MlDsa;

/// <summary>Key pairs from seeds: FIPS 204, 6.1. All that is secret is zeroed; of the time see <see cref="SecretSampling"/>.</summary>
internal static class MlDsaKeyGeneration
{
    private const int Size = NumberTheoreticTransform.Size;
    private const int SeedOfSecretsBytes = 64;

    /// <summary>Algorithm 6, ML-DSA.KeyGen_internal.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="seed">ξ, 32 bytes.</param>
    /// <param name="publicKey">Becomes the public key.</param>
    /// <param name="expandedKey">Becomes the expanded private key.</param>
    public static void Generate(MlDsaParameters parameters, ReadOnlySpan<byte> seed, Span<byte> publicKey, Span<byte> expandedKey)
    {
        Span<byte> parts = stackalloc byte[(2 * MlDsaParameters.PartBytes) + SeedOfSecretsBytes]; // ρ, ρ', K
        Span<int> secrets = stackalloc int[(parameters.Columns + parameters.Rows) * Size];
        try
        {
            // Step 1.
            var sponge = Sponge.Shake256();
            sponge.Absorb(seed);
            sponge.Absorb([(byte)parameters.Rows, (byte)parameters.Columns]);
            sponge.Squeeze(parts);
            sponge.Clear();

            // Steps 3 and 4.
            var rho = parts[..MlDsaParameters.PartBytes];
            SecretSampling.ExpandSecrets(parameters, parts.Slice(MlDsaParameters.PartBytes, SeedOfSecretsBytes), secrets);
            var matrix = MatrixSampling.Expand(parameters, rho);
            Finish(parameters, rho, parts[^MlDsaParameters.PartBytes..], matrix, secrets, publicKey, expandedKey);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(parts);
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(secrets));
        }
    }

    /// <summary>Algorithm 6, steps 5 to 10: both keys from the secrets.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="rho">ρ.</param>
    /// <param name="key">K.</param>
    /// <param name="matrix">The matrix that follows from ρ.</param>
    /// <param name="secrets">s1, then s2.</param>
    /// <param name="publicKey">Becomes the public key.</param>
    /// <param name="expandedKey">Becomes the expanded private key.</param>
    public static void Finish(
        MlDsaParameters parameters,
        ReadOnlySpan<byte> rho,
        ReadOnlySpan<byte> key,
        ReadOnlySpan<int> matrix,
        ReadOnlySpan<int> secrets,
        Span<byte> publicKey,
        Span<byte> expandedKey
    )
    {
        // Step 5: t, whose high bits go into the public key.
        Span<int> t = stackalloc int[parameters.Rows * Size];
        MultiplyAndAdd(parameters, matrix, secrets, t);
        rho.CopyTo(publicKey);
        RoundInto(parameters, t, publicKey[MlDsaParameters.PartBytes..]);

        // Steps 9 and 10.
        rho.CopyTo(expandedKey);
        key.CopyTo(expandedKey[MlDsaParameters.PartBytes..]);
        var rest = expandedKey[(2 * MlDsaParameters.PartBytes)..];
        MlDsaMessage.HashKey(publicKey, rest[..MlDsaParameters.KeyHashBytes]);
        rest = rest[MlDsaParameters.KeyHashBytes..];
        for (var index = 0; index < parameters.Columns + parameters.Rows; index++)
        {
            BitPacking.PackBelow(PolynomialVector.At(secrets, index), parameters.Eta, parameters.SecretBits, rest);
            rest = rest[BitPacking.Bytes(parameters.SecretBits)..];
        }

        for (var row = 0; row < parameters.Rows; row++)
        {
            BitPacking.PackBelow(PolynomialVector.At(t, row), 1 << (MlDsaParameters.DroppedBits - 1), MlDsaParameters.DroppedBits, rest);
            rest = rest[BitPacking.Bytes(MlDsaParameters.DroppedBits)..];
        }

        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(t));
    }

    private static void MultiplyAndAdd(MlDsaParameters parameters, ReadOnlySpan<int> matrix, ReadOnlySpan<int> secrets, Span<int> t)
    {
        Span<int> s1 = stackalloc int[parameters.Columns * Size];
        secrets[..s1.Length].CopyTo(s1);
        PolynomialVector.Transform(s1);
        PolynomialVector.MultiplyMatrix(matrix, s1, t);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(s1));
        var s2 = secrets[(parameters.Columns * Size)..];
        for (var j = 0; j < t.Length; j++)
            t[j] = ModQ.Canonical(t[j] + s2[j]);
    }

    // Step 6: t1 is packed, t0 stays in t.
    private static void RoundInto(MlDsaParameters parameters, Span<int> t, Span<byte> packed)
    {
        const int Width = 23 - MlDsaParameters.DroppedBits;
        Span<int> high = stackalloc int[Size];
        for (var row = 0; row < parameters.Rows; row++)
        {
            var polynomial = PolynomialVector.At(t, row);
            for (var j = 0; j < Size; j++)
                (high[j], polynomial[j]) = Rounding.Power2Round(polynomial[j]);
            BitPacking.Pack(high, Width, packed[(row * BitPacking.Bytes(Width))..]);
        }
    }
}
