using System.Security.Cryptography;
using OpenEntropy.Pqc.MlDsa;

namespace OpenEntropy.Pqc.Containers;

/// <summary>Keys of ML-DSA in and out of their containers: RFC 9881.</summary>
internal static class MlDsaContainers
{
    /// <summary>Writes a public key as SubjectPublicKeyInfo.</summary>
    /// <param name="key">The key.</param>
    /// <returns>DER.</returns>
    public static byte[] WritePublicKey(MlDsaPublicKey key) =>
        SubjectPublicKeyInfo.Write(KeyAlgorithm.Named(key.Parameters.Name), key.Encoded.Span);

    /// <summary>Reads a public key from SubjectPublicKeyInfo.</summary>
    /// <param name="encoded">DER, and nothing after it.</param>
    /// <exception cref="KeyFormatException">Anything else, or another algorithm.</exception>
    public static MlDsaPublicKey ReadPublicKey(ReadOnlyMemory<byte> encoded)
    {
        var (algorithm, key) = SubjectPublicKeyInfo.Read(encoded);
        return MlDsaPublicKey.FromBytes(ParametersOf(algorithm), key);
    }

    /// <summary>Writes a private key as PKCS #8.</summary>
    /// <param name="key">The key.</param>
    /// <param name="form">What of it; a key that came without its seed has the expanded form alone.</param>
    /// <returns>DER, the caller's to zero.</returns>
    /// <exception cref="InvalidOperationException">The form needs the seed, and it is not known.</exception>
    public static byte[] WritePrivateKey(MlDsaPrivateKey key, PrivateKeyForm form = PrivateKeyForm.Seed)
    {
        var algorithm = KeyAlgorithm.Named(key.Parameters.Name);
        Span<byte> seed = stackalloc byte[algorithm.SeedBytes];
        Span<byte> expandedKey = stackalloc byte[algorithm.ExpandedKeyBytes];
        try
        {
            if (form != PrivateKeyForm.Expanded)
                key.ExportSeed(seed);
            if (form != PrivateKeyForm.Seed)
                key.ExportExpanded(expandedKey);
            return form switch
            {
                PrivateKeyForm.Seed => PrivateKeyInfo.WriteSeed(algorithm, seed),
                PrivateKeyForm.Expanded => PrivateKeyInfo.WriteExpanded(algorithm, expandedKey),
                _ => PrivateKeyInfo.WriteBoth(algorithm, seed, expandedKey),
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
            CryptographicOperations.ZeroMemory(expandedKey);
        }
    }

    /// <summary>Reads a private key from PKCS #8, in any of the three forms.</summary>
    /// <param name="encoded">DER, and nothing after it.</param>
    /// <exception cref="KeyFormatException">Anything else, another algorithm, or parts that contradict each other.</exception>
    public static MlDsaPrivateKey ReadPrivateKey(ReadOnlyMemory<byte> encoded)
    {
        using var parts = PrivateKeyInfo.Read(encoded);
        var parameters = ParametersOf(parts.Algorithm);
        return parts.Form == PrivateKeyForm.Expanded
            ? MlDsaPrivateKey.FromExpanded(parameters, parts.ExpandedKey)
            : MlDsaPrivateKey.FromSeed(parameters, parts.Seed);
    }

    private static MlDsaParameters ParametersOf(KeyAlgorithm algorithm) =>
        MlDsaParameters.All.FirstOrDefault(parameters => parameters.Name == algorithm.Name)
        ?? throw new KeyFormatException($"The key is one of {algorithm.Name}, not of ML-DSA.");
}
