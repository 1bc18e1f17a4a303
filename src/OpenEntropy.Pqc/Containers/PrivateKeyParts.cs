using System.Security.Cryptography;

namespace OpenEntropy.Pqc.Containers;

/// <summary>A private key out of a container, whose parts agree with each other. Dispose it to zero it.</summary>
internal sealed class PrivateKeyParts : IDisposable
{
    private readonly byte[] _seed;
    private readonly byte[] _expandedKey;
    private bool _disposed;

    /// <summary>Takes the parts over.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="form">What the container held.</param>
    /// <param name="seed">The seed; empty where the container has none.</param>
    /// <param name="expandedKey">The expanded key.</param>
    /// <param name="publicKey">The public key.</param>
    public PrivateKeyParts(KeyAlgorithm algorithm, PrivateKeyForm form, byte[] seed, byte[] expandedKey, byte[] publicKey) =>
        (Algorithm, Form, _seed, _expandedKey, PublicKey) = (algorithm, form, seed, expandedKey, publicKey);

    /// <summary>The algorithm.</summary>
    public KeyAlgorithm Algorithm { get; }

    /// <summary>What the container held.</summary>
    public PrivateKeyForm Form { get; }

    /// <summary>The public key that follows.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>The seed; empty where the container has the expanded key alone.</summary>
    public ReadOnlySpan<byte> Seed => Whole(_seed);

    /// <summary>The expanded key.</summary>
    public ReadOnlySpan<byte> ExpandedKey => Whole(_expandedKey);

    /// <summary>Zeroes the secrets.</summary>
    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_seed);
        CryptographicOperations.ZeroMemory(_expandedKey);
    }

    private byte[] Whole(byte[] part)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return part;
    }
}
