using System.Security.Cryptography;
using OpenEntropy.Mesh.Nodes;
using OpenEntropy.Pqc;

namespace OpenEntropy.Mesh.Frames;

/// <summary>
/// The key and the nonce of one frame: HKDF-SHA-384 (RFC 5869) over the shared secret of ML-KEM-768, then that of ECDH on P-256, so that it holds while either does. The
/// info has a hash of the header, both ciphertexts and all public keys of both nodes: another sender, recipient, number or time is another key. Both shared
/// secrets are fresh for each frame, so that the nonce is of one use.
/// </summary>
internal static class FrameKeys
{
    /// <summary>Bytes of a shared secret of either kind.</summary>
    public const int SecretBytes = 32;

    /// <summary>AES-256.</summary>
    public const int KeyBytes = 32;

    /// <summary>GCM's.</summary>
    public const int NonceBytes = 12;

    private static ReadOnlySpan<byte> Label => "OpenEntropy mesh frame 1 key"u8;

    /// <summary>Derives them.</summary>
    /// <param name="secrets">K of ML-KEM, then the x-coordinate of ECDH.</param>
    /// <param name="clear">The frame before its encrypted part: header, ciphertext of ML-KEM, ephemeral point.</param>
    /// <param name="sender">The sender's public keys.</param>
    /// <param name="recipient">The recipient's public keys.</param>
    /// <returns>The key, then the nonce; pinned, the caller's to zero.</returns>
    public static byte[] Derive(ReadOnlySpan<byte> secrets, ReadOnlySpan<byte> clear, NodePublic sender, NodePublic recipient)
    {
        Span<byte> info = stackalloc byte[Label.Length + SHA384.HashSizeInBytes];
        Label.CopyTo(info);
        using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA384))
        {
            hash.AppendData(clear);
            hash.AppendData(sender.Encoded.Span);
            hash.AppendData(recipient.Encoded.Span);
            hash.GetHashAndReset(info[Label.Length..]);
        }

        var derived = SecretArray.Of<byte>(KeyBytes + NonceBytes);
        HKDF.DeriveKey(HashAlgorithmName.SHA384, secrets, derived, [], info);
        return derived;
    }
}
