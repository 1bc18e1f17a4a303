using System.Security.Cryptography;
using OpenEntropy.Pqc.MlKem;

namespace OpenEntropy.Pqc.Kyber;

/// <summary>
/// Kyber512 as submitted to NIST's third round (CRYSTALS-Kyber, Algorithm Specifications and Supporting Documentation, version 3.02), for those who
/// still have it. It is not ML-KEM-512 and does not work with it, though lengths are the same. What it lacks of FIPS 203 and has beyond it, with H, G
/// and KDF as there: no rank in G(d); m is hashed before use; the secret is KDF(K̄‖H(c)), and KDF(z‖H(c)) of a ciphertext that is refused.
/// </summary>
internal static class Kyber512
{
    /// <summary>Bytes of the seed d‖z: what the specification draws in two parts.</summary>
    public const int SeedBytes = 64;

    /// <summary>Bytes of a public key.</summary>
    public const int PublicKeyBytes = 800;

    /// <summary>Bytes of a secret key.</summary>
    public const int SecretKeyBytes = 1632;

    /// <summary>Bytes of a ciphertext.</summary>
    public const int CiphertextBytes = 768;

    /// <summary>Bytes of a shared secret.</summary>
    public const int SharedSecretBytes = 32;

    private const int Half = 32;

    // The encryption scheme below is the same: k = 2, η₁ = 3, η₂ = 2, d_u = 10, d_v = 4.
    private static MlKemParameters Encryption => MlKemParameters.MlKem512;

    /// <summary>Algorithms 4 and 7, KYBER.CCAKEM.KeyGen.</summary>
    /// <param name="random">Where the seed comes from, all of it at once; what it throws is thrown on.</param>
    /// <param name="publicKey">Receives pk.</param>
    /// <param name="secretKey">Receives sk: s‖pk‖H(pk)‖z.</param>
    /// <exception cref="ArgumentException">A length is another.</exception>
    public static void GenerateKeys(RandomBytes random, Span<byte> publicKey, Span<byte> secretKey)
    {
        Span<byte> seed = stackalloc byte[SeedBytes];
        try
        {
            random(seed);
            GenerateKeys(seed, publicKey, secretKey);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>The same from an explicit seed.</summary>
    /// <param name="seed">d‖z: 64 bytes.</param>
    /// <param name="publicKey">Receives pk.</param>
    /// <param name="secretKey">Receives sk: s‖pk‖H(pk)‖z.</param>
    /// <exception cref="ArgumentException">A length is another.</exception>
    public static void GenerateKeys(ReadOnlySpan<byte> seed, Span<byte> publicKey, Span<byte> secretKey)
    {
        Lengths.Require(seed, SeedBytes, nameof(seed));
        Lengths.Require(publicKey, PublicKeyBytes, nameof(publicKey));
        Lengths.Require(secretKey, SecretKeyBytes, nameof(secretKey));
        Span<byte> expanded = stackalloc byte[2 * Half];
        MlKemHashes.G(seed[..Half], [], expanded);
        KPke.GenerateKeys(Encryption, expanded[..Half], expanded[Half..], publicKey, secretKey);
        CryptographicOperations.ZeroMemory(expanded);
        publicKey.CopyTo(secretKey[Encryption.VectorBytes..]);
        MlKemHashes.H(publicKey, HashIn(secretKey));
        seed[Half..].CopyTo(secretKey[^Half..]);
    }

    /// <summary>Algorithm 8, KYBER.CCAKEM.Enc.</summary>
    /// <param name="publicKey">pk.</param>
    /// <param name="random">Where m comes from, before it is hashed.</param>
    /// <param name="ciphertext">Receives c.</param>
    /// <param name="sharedSecret">Receives K: 32 bytes.</param>
    /// <exception cref="ArgumentException">A length is another, or <see cref="IsPublicKey"/> is false.</exception>
    public static void Encapsulate(ReadOnlySpan<byte> publicKey, RandomBytes random, Span<byte> ciphertext, Span<byte> sharedSecret)
    {
        Span<byte> message = stackalloc byte[Half];
        try
        {
            random(message);
            Encapsulate(publicKey, message, ciphertext, sharedSecret);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(message);
        }
    }

    /// <summary>The same from an explicit message.</summary>
    /// <param name="publicKey">pk.</param>
    /// <param name="message">m, before it is hashed: 32 random bytes, of one use.</param>
    /// <param name="ciphertext">Receives c.</param>
    /// <param name="sharedSecret">Receives K: 32 bytes.</param>
    /// <exception cref="ArgumentException">A length is another, or <see cref="IsPublicKey"/> is false.</exception>
    public static void Encapsulate(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, Span<byte> ciphertext, Span<byte> sharedSecret)
    {
        Lengths.Require(publicKey, PublicKeyBytes, nameof(publicKey));
        Lengths.Require(message, Half, nameof(message));
        Lengths.Require(ciphertext, CiphertextBytes, nameof(ciphertext));
        Lengths.Require(sharedSecret, SharedSecretBytes, nameof(sharedSecret));
        if (!IsPublicKey(publicKey))
            throw new ArgumentException("The public key has a coefficient of q or more.", nameof(publicKey));
        Span<byte> hash = stackalloc byte[Half];
        Span<byte> secret = stackalloc byte[3 * Half];
        var hashed = secret[..Half];
        var expanded = secret[Half..]; // K̄‖r
        MlKemHashes.H(message, hashed);
        MlKemHashes.H(publicKey, hash);
        MlKemHashes.G(hashed, hash, expanded);
        KPke.Encrypt(Encryption, publicKey, hashed, expanded[Half..], ciphertext);
        MlKemHashes.H(ciphertext, hash);
        MlKemHashes.J(expanded[..Half], hash, sharedSecret);
        CryptographicOperations.ZeroMemory(secret);
    }

    /// <summary>Algorithm 9, KYBER.CCAKEM.Dec. A ciphertext that was altered gives another secret, not an error, in the same time.</summary>
    /// <param name="secretKey">sk.</param>
    /// <param name="ciphertext">c.</param>
    /// <param name="sharedSecret">Receives K: 32 bytes.</param>
    /// <exception cref="ArgumentException">A length is another, or <see cref="IsSecretKey"/> is false.</exception>
    public static void Decapsulate(ReadOnlySpan<byte> secretKey, ReadOnlySpan<byte> ciphertext, Span<byte> sharedSecret)
    {
        Lengths.Require(secretKey, SecretKeyBytes, nameof(secretKey));
        Lengths.Require(ciphertext, CiphertextBytes, nameof(ciphertext));
        Lengths.Require(sharedSecret, SharedSecretBytes, nameof(sharedSecret));
        if (!IsSecretKey(secretKey))
            throw new ArgumentException("The secret key does not hold the hash of its public key.", nameof(secretKey));
        Span<byte> hash = stackalloc byte[Half];
        Span<byte> secret = stackalloc byte[(3 * Half) + CiphertextBytes];
        var message = secret[..Half];
        var expanded = secret.Slice(Half, 2 * Half); // K̄‖r
        var again = secret[(3 * Half)..];
        KPke.Decrypt(Encryption, secretKey, ciphertext, message);
        MlKemHashes.G(message, secretKey.Slice(Encryption.VectorBytes + PublicKeyBytes, Half), expanded);
        KPke.Encrypt(Encryption, PublicKeyIn(secretKey), message, expanded[Half..], again);
        ConstantTime.Replace(ciphertext, again, expanded[..Half], secretKey[^Half..]);
        MlKemHashes.H(ciphertext, hash);
        MlKemHashes.J(expanded[..Half], hash, sharedSecret);
        CryptographicOperations.ZeroMemory(secret);
    }

    /// <summary>Whether bytes from anywhere are a public key: their length, and FIPS 203's modulus check, which the specification does not ask for.</summary>
    /// <param name="key">The bytes.</param>
    public static bool IsPublicKey(ReadOnlySpan<byte> key) => MlKemFunctions.IsEncapsulationKey(Encryption, key);

    /// <summary>Whether bytes from anywhere are a secret key: their length, and FIPS 203's hash check, which the specification does not ask for.</summary>
    /// <param name="key">The bytes.</param>
    public static bool IsSecretKey(ReadOnlySpan<byte> key) => MlKemFunctions.IsDecapsulationKey(Encryption, key);

    private static ReadOnlySpan<byte> PublicKeyIn(ReadOnlySpan<byte> secretKey) => secretKey.Slice(Encryption.VectorBytes, PublicKeyBytes);

    private static Span<byte> HashIn(Span<byte> secretKey) => secretKey.Slice(Encryption.VectorBytes + PublicKeyBytes, Half);
}
