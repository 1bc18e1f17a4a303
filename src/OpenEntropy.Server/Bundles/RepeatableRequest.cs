using System.Security.Cryptography;

namespace OpenEntropy.Server.Bundles;

/// <summary>A request that may be sent again: its name, and what it is told from another by. Dispose it to zero the hash, which may be of a passphrase.</summary>
/// <param name="Key">Its Idempotency-Key.</param>
/// <param name="BodySha256">SHA-256 of its body, byte for byte; it is kept nowhere.</param>
internal sealed record RepeatableRequest(string Key, byte[] BodySha256) : IDisposable
{
    /// <summary>Of a body.</summary>
    /// <param name="key">The Idempotency-Key.</param>
    /// <param name="body">The body.</param>
    public static RepeatableRequest Of(string key, ReadOnlySpan<byte> body) => new(key, SHA256.HashData(body));

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(BodySha256);
}
