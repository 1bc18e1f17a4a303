using System.Diagnostics;
using System.Security.Cryptography;

namespace OpenEntropy.Pqc.MlDsa;

/// <summary>
/// The platform's ML-DSA: OpenSSL from 3.5 on, and Windows. It is given seeds and public keys. It does not sign for us: it takes the randomness of a
/// signature from a generator of its own.
/// </summary>
internal static class MlDsaPlatform
{
    /// <summary>Whether this machine has it.</summary>
    public static bool IsSupported => MLDsa.IsSupported;

    /// <summary>The key pair of a seed.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="seed">ξ, 32 bytes.</param>
    /// <param name="publicKey">Becomes the public key.</param>
    /// <param name="expandedKey">Becomes the expanded private key.</param>
    public static void Generate(MlDsaParameters parameters, ReadOnlySpan<byte> seed, Span<byte> publicKey, Span<byte> expandedKey)
    {
        using var key = MLDsa.ImportMLDsaPrivateSeed(AlgorithmOf(parameters), seed);
        key.ExportMLDsaPublicKey(publicKey);
        key.ExportMLDsaPrivateKey(expandedKey);
    }

    /// <summary>Whether a signature is good.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="publicKey">The public key.</param>
    /// <param name="message">The message.</param>
    /// <param name="context">At most 255 bytes.</param>
    /// <param name="signature">The signature, of the right length.</param>
    public static bool Verify(
        MlDsaParameters parameters,
        ReadOnlySpan<byte> publicKey,
        ReadOnlySpan<byte> message,
        ReadOnlySpan<byte> context,
        ReadOnlySpan<byte> signature
    )
    {
        using var key = MLDsa.ImportMLDsaPublicKey(AlgorithmOf(parameters), publicKey);
        return key.VerifyData(message, signature, context);
    }

    private static MLDsaAlgorithm AlgorithmOf(MlDsaParameters parameters) =>
        parameters.Name switch
        {
            "ML-DSA-44" => MLDsaAlgorithm.MLDsa44,
            "ML-DSA-65" => MLDsaAlgorithm.MLDsa65,
            "ML-DSA-87" => MLDsaAlgorithm.MLDsa87,
            _ => throw new UnreachableException(parameters.Name),
        };
}
