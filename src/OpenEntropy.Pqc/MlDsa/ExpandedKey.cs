using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OpenEntropy.Pqc.MlDsa;

/// <summary>The expanded private key: FIPS 204, 7.2.</summary>
internal static class ExpandedKey
{
    private const int Size = NumberTheoreticTransform.Size;
    private const int SecretsOffset = (2 * MlDsaParameters.PartBytes) + MlDsaParameters.KeyHashBytes;

    /// <summary>Algorithm 25, skDecode: s1, s2 and t0.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="expandedKey">The key.</param>
    /// <param name="secrets">ℓ + 2·k polynomials.</param>
    public static void ReadSecrets(MlDsaParameters parameters, ReadOnlySpan<byte> expandedKey, Span<int> secrets)
    {
        var source = expandedKey[SecretsOffset..];
        for (var index = 0; index < parameters.Columns + (2 * parameters.Rows); index++)
        {
            var (upper, width) =
                index < parameters.Columns + parameters.Rows
                    ? (parameters.Eta, parameters.SecretBits)
                    : (1 << (MlDsaParameters.DroppedBits - 1), MlDsaParameters.DroppedBits);
            BitPacking.UnpackBelow(source, upper, width, PolynomialVector.At(secrets, index));
            source = source[BitPacking.Bytes(width)..];
        }
    }

    /// <summary>
    /// The public key of an expanded private key. The whole key is made again from ρ, K, s1 and s2 and compared: a tr or t0 of another
    /// key would make signatures that nobody accepts.
    /// </summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="expandedKey">The key.</param>
    /// <param name="publicKey">Becomes the public key.</param>
    /// <returns>False for a key with a coefficient out of range, or another tr or t0 than follow from the rest.</returns>
    public static bool TryGetPublicKey(MlDsaParameters parameters, ReadOnlySpan<byte> expandedKey, Span<byte> publicKey)
    {
        Span<int> secrets = stackalloc int[(parameters.Columns + (2 * parameters.Rows)) * Size];
        Span<byte> again = stackalloc byte[parameters.ExpandedKeyBytes];
        try
        {
            ReadSecrets(parameters, expandedKey, secrets);
            var bounded = secrets[..((parameters.Columns + parameters.Rows) * Size)];
            var rho = expandedKey[..MlDsaParameters.PartBytes];
            var key = expandedKey.Slice(MlDsaParameters.PartBytes, MlDsaParameters.PartBytes);
            MlDsaKeyGeneration.Finish(parameters, rho, key, MatrixSampling.Expand(parameters, rho), bounded, publicKey, again);
            return PolynomialVector.MaskOfAtLeast(bounded, parameters.Eta + 1) == 0
                && CryptographicOperations.FixedTimeEquals(again, expandedKey);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(secrets));
            CryptographicOperations.ZeroMemory(again);
        }
    }
}
