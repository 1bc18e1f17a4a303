using System.Buffers.Text;
using System.Security.Cryptography;
using OpenEntropy.Server.Receipts;

namespace OpenEntropy.Server.Audit;

/// <summary>Signs checkpoints with the key of receipts, where there is one: none is made for it.</summary>
/// <param name="files">Say whether there is a key.</param>
/// <param name="identity">Has it.</param>
internal sealed class AuditSigner(IdentityFiles files, ServiceIdentity identity)
{
    /// <summary>Whether there is a key, which may be one that cannot be read.</summary>
    public bool HasKey => identity.Open is not null || files.HasKey;

    /// <summary>The key; null where there is none, or it cannot be read, which the log of the service tells.</summary>
    public async Task<SigningKey?> FindKeyAsync() =>
        HasKey && await identity.OpenAsync(mayCreate: false, CancellationToken.None) is null ? identity.Open?.Key : null;

    /// <summary>A checkpoint by a key.</summary>
    /// <param name="key">The key.</param>
    public static AuditEntry Entry(SigningKey key) =>
        AuditEntry.Of(AuditParty.Service, AuditAct.LogCheckpoint, AuditOutcome.Done) with
        {
            Subject = key.KeyId,
        };

    /// <summary>Signs a line (ECDSA, SHA-256, r and s).</summary>
    /// <param name="key">The key.</param>
    /// <param name="line">The line as it is without its signature and line feed.</param>
    /// <returns>Base64url.</returns>
    public static string Sign(SigningKey key, byte[] line) => Base64Url.EncodeToString(key.Sign(SHA256.HashData(line)));
}
