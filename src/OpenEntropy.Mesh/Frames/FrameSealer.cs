using System.Security.Cryptography;
using OpenEntropy.Mesh.Nodes;
using OpenEntropy.Pqc;
using OpenEntropy.Pqc.MlKem;

namespace OpenEntropy.Mesh.Frames;

/// <summary>Makes frames.</summary>
/// <remarks>
/// A frame is encrypted first and signed last, over all of it. So a receiver decides on a stranger's bytes by one verification, and gives them neither its private keys
/// nor a parser of what is encrypted. What the order is blamed for, that somebody strips a signature and puts his own, is met by the key: both nodes' ids and public keys
/// are in its derivation and in the associated data, so that the encrypted part opens under no other sender. A recipient that forwards what it opened has to make a frame of
/// its own, under its own name: the old one names its recipient, under the signature.
/// </remarks>
internal static class FrameSealer
{
    /// <summary>The context string of a frame's signature (FIPS 204, 5.2).</summary>
    public static ReadOnlySpan<byte> SignatureContext => "OpenEntropy mesh frame 1"u8;

    /// <summary>Makes the frame for one recipient.</summary>
    /// <param name="sender">The node that signs.</param>
    /// <param name="recipient">Another node.</param>
    /// <param name="sequence">1 to 2^53 − 1, never given before by this sender.</param>
    /// <param name="time">Now.</param>
    /// <param name="content">What is sent; the caller disposes of it.</param>
    /// <param name="random">Gives 32 bytes each for ML-KEM, the ephemeral scalar (again where one is out of range, once in 2^32) and the signature, in this order.</param>
    /// <exception cref="FrameFormatException">A field is out of its range, or the recipient is the sender: what is sent is never mixed here.</exception>
    public static byte[] Seal(
        NodeIdentity sender,
        NodePublic recipient,
        long sequence,
        DateTimeOffset time,
        FrameContent content,
        RandomBytes random
    )
    {
        if (sender.Public.Id == recipient.Id)
            throw new FrameFormatException("recipient", "is not the sender itself");
        var body = FrameContentFormat.Write(content);
        try
        {
            var frame = new byte[FrameLayout.AroundBodyBytes + body.Length];
            new FrameHeader(sender.Public.Id, recipient.Id, sequence, time.ToUnixTimeMilliseconds(), body.Length).Write(frame);
            _ = FrameHeader.Read(frame); // what nobody would accept is not sent
            Encrypt(sender.Public, recipient, body, frame, random);
            var signed = frame.Length - FrameLayout.SignatureBytes;
            sender.Signing.Sign(frame.AsSpan(0, signed), SignatureContext, random).CopyTo(frame.AsSpan(signed));
            return frame;
        }
        finally
        {
            SecretArray.Zero(body);
        }
    }

    private static void Encrypt(NodePublic sender, NodePublic recipient, byte[] body, byte[] frame, RandomBytes random)
    {
        var secrets = SecretArray.Of<byte>(2 * FrameKeys.SecretBytes);
        byte[]? derived = null;
        try
        {
            MlKemFunctions.Encapsulate(
                MlKemParameters.MlKem768,
                recipient.EncapsulationKey,
                random,
                frame.AsSpan(FrameLayout.CiphertextAt, FrameLayout.CiphertextBytes),
                secrets.AsSpan(0, FrameKeys.SecretBytes)
            );
            using (var ephemeral = P256Key.Generate(random))
            {
                ephemeral.Point.CopyTo(frame.AsSpan(FrameLayout.PointAt));
                ephemeral.Agree(recipient.Point, secrets.AsSpan(FrameKeys.SecretBytes));
            }

            var clear = frame.AsSpan(0, FrameLayout.BodyAt);
            derived = FrameKeys.Derive(secrets, clear, sender, recipient);
            using var aes = new AesGcm(derived.AsSpan(0, FrameKeys.KeyBytes), FrameLayout.TagBytes);
            var encrypted = frame.AsSpan(FrameLayout.BodyAt, body.Length);
            var tag = frame.AsSpan(FrameLayout.BodyAt + body.Length, FrameLayout.TagBytes);
            aes.Encrypt(derived.AsSpan(FrameKeys.KeyBytes), body, encrypted, tag, clear);
        }
        finally
        {
            SecretArray.Zero(secrets);
            CryptographicOperations.ZeroMemory(derived);
        }
    }
}
