using System.Security.Cryptography;
using OpenEntropy.Mesh.Nodes;
using OpenEntropy.Pqc;

namespace OpenEntropy.Mesh.Frames;

/// <summary>Verifies and opens frames whose header was read and whose sender is known.</summary>
internal static class FrameOpener
{
    /// <summary>Whether the sender signed the frame as it is.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="sender">The node that its header names.</param>
    public static bool IsSigned(ReadOnlySpan<byte> frame, NodePublic sender) =>
        sender.Verification.Verify(
            frame[..^FrameLayout.SignatureBytes],
            FrameSealer.SignatureContext,
            frame[^FrameLayout.SignatureBytes..]
        );

    /// <summary>Opens a frame that is signed.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="header">What <see cref="FrameHeader.Read"/> found in it.</param>
    /// <param name="sender">The node that the header names.</param>
    /// <param name="recipient">This node.</param>
    /// <returns>The content, the caller's to dispose of; null where it was encrypted for another node, or between others.</returns>
    /// <exception cref="FrameFormatException">It opens, and its sender wrote it wrongly.</exception>
    public static FrameContent? TryOpen(ReadOnlySpan<byte> frame, FrameHeader header, NodePublic sender, NodeIdentity recipient)
    {
        var secrets = SecretArray.Of<byte>(2 * FrameKeys.SecretBytes);
        var body = SecretArray.Of<byte>(header.BodyBytes);
        byte[]? derived = null;
        try
        {
            var ciphertext = frame.Slice(FrameLayout.CiphertextAt, FrameLayout.CiphertextBytes);
            recipient.Decapsulation.Decapsulate(ciphertext, secrets.AsSpan(0, FrameKeys.SecretBytes));
            recipient.Agreement.Agree(frame.Slice(FrameLayout.PointAt, FrameLayout.PointBytes), secrets.AsSpan(FrameKeys.SecretBytes));
            var clear = frame[..FrameLayout.BodyAt];
            derived = FrameKeys.Derive(secrets, clear, sender, recipient.Public);
            using var aes = new AesGcm(derived.AsSpan(0, FrameKeys.KeyBytes), FrameLayout.TagBytes);
            var tag = frame.Slice(FrameLayout.BodyAt + header.BodyBytes, FrameLayout.TagBytes);
            aes.Decrypt(derived.AsSpan(FrameKeys.KeyBytes), frame.Slice(FrameLayout.BodyAt, header.BodyBytes), tag, body, clear);
            return FrameContentFormat.Read(body);
        }
        catch (CryptographicException)
        {
            return null; // no point of the curve, or another key
        }
        finally
        {
            SecretArray.Zero(secrets);
            SecretArray.Zero(body);
            CryptographicOperations.ZeroMemory(derived);
        }
    }
}
