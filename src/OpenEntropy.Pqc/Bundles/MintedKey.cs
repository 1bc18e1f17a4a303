using System.Security.Cryptography;

namespace OpenEntropy.Pqc.Bundles;

/// <summary>A key pair that was just made. Dispose it to zero its secrets.</summary>
/// <param name="algorithm">Its algorithm.</param>
/// <param name="publicKey">The public key, as the algorithm's specification encodes it.</param>
/// <param name="seed">The seed, where the standard has private keys as seeds; otherwise empty. Taken over.</param>
/// <param name="secretKey">The secret key, expanded, as the algorithm's specification encodes it. Taken over.</param>
internal sealed class MintedKey(BundleAlgorithm algorithm, byte[] publicKey, byte[] seed, byte[] secretKey) : IDisposable
{
    /// <summary>Its algorithm.</summary>
    public BundleAlgorithm Algorithm { get; } = algorithm;

    /// <summary>The public key.</summary>
    public ReadOnlySpan<byte> PublicKey => publicKey;

    /// <summary>The seed; empty where the algorithm has none that others know.</summary>
    public ReadOnlySpan<byte> Seed => seed;

    /// <summary>The secret key, expanded.</summary>
    public ReadOnlySpan<byte> SecretKey => secretKey;

    /// <summary>The private key as PKCS #8: the seed where there is one, else the secret key under an identifier of our own.</summary>
    /// <returns>DER, the caller's to zero.</returns>
    public byte[] WritePrivateKeyInfo() =>
        Algorithm.Container is { } container
            ? Containers.PrivateKeyInfo.WriteSeed(container, seed)
            : UnregisteredPrivateKeyInfo.Write(Algorithm.PrivateOid!, secretKey);

    /// <summary>Zeroes the secrets.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(seed);
        CryptographicOperations.ZeroMemory(secretKey);
    }
}
