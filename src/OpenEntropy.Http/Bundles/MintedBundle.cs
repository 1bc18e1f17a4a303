using System.Security.Cryptography;

namespace OpenEntropy.Http;

/// <summary>A bundle that was made, with its secret keys, which are told this once. Dispose it: that zeroes them.</summary>
public sealed class MintedBundle : IDisposable
{
    private readonly SecretBytes _answer;
    private readonly byte[] _document;

    internal MintedBundle(string id, SecretBytes answer, byte[] document, IReadOnlyList<MintedSecretKey> secretKeys, bool isRepeat) =>
        (Id, _answer, _document, SecretKeys, IsRepeat) = (id, answer, document, secretKeys, isRepeat);

    /// <summary>The bundle's id.</summary>
    public string Id { get; }

    /// <summary>The bundle without secret keys, as JSON in UTF-8: to be kept, given away and verified.</summary>
    public ReadOnlyMemory<byte> Document => _document;

    /// <summary>The whole answer, secret keys among it, as JSON in UTF-8; empty once it is disposed.</summary>
    public ReadOnlyMemory<byte> Answer => _answer.Written;

    /// <summary>One for each key; none where they are withheld or the request was a repeated one.</summary>
    public IReadOnlyList<MintedSecretKey> SecretKeys { get; }

    /// <summary>Whether this request was sent before, so that the answer is of the bundle that was made then.</summary>
    public bool IsRepeat { get; }

    /// <summary>Zeroes the secret keys.</summary>
    public void Dispose()
    {
        foreach (var key in SecretKeys)
            key.Zero();
        _answer.Dispose();
    }
}

/// <summary>A secret key: in clear, in pinned memory that the bundle zeroes, or encrypted.</summary>
public sealed class MintedSecretKey
{
    private byte[] _seed;
    private byte[] _secretKey;

    internal MintedSecretKey(int key, string algorithm, byte[] seed, byte[] secretKey, string? encryptedPem) =>
        (Key, Algorithm, _seed, _secretKey, EncryptedPem) = (key, algorithm, seed, secretKey, encryptedPem);

    /// <summary>Which of the bundle's keys it belongs to, from 0.</summary>
    public int Key { get; }

    /// <summary>Its algorithm.</summary>
    public string Algorithm { get; }

    /// <summary>The seed of ML-KEM and ML-DSA; empty for others, where it came encrypted, and once it was zeroed.</summary>
    public ReadOnlySpan<byte> Seed => _seed;

    /// <summary>The expanded key; empty where it came encrypted, and once it was zeroed.</summary>
    public ReadOnlySpan<byte> SecretKey => _secretKey;

    /// <summary>The key as an EncryptedPrivateKeyInfo; null where it came in clear.</summary>
    public string? EncryptedPem { get; }

    internal void Zero()
    {
        CryptographicOperations.ZeroMemory(_seed);
        CryptographicOperations.ZeroMemory(_secretKey);
        (_seed, _secretKey) = ([], []);
    }
}
