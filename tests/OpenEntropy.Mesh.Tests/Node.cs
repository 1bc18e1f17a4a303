using System.Buffers.Binary;
using System.Security.Cryptography;
using OpenEntropy.Mesh.Frames;
using OpenEntropy.Mesh.Nodes;
using OpenEntropy.Pqc;

namespace OpenEntropy.Mesh.Tests;

/// <summary>Nodes whose keys are the same in every run.</summary>
internal static class Node
{
    public static readonly DateTimeOffset Time = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static NodeIdentity Ada { get; } = Of(1);

    public static NodeIdentity Bert { get; } = Of(2);

    public static NodeIdentity Mallory { get; } = Of(3);

    public static NodeIdentity Of(int number) => NodeIdentity.FromSecret(NodeIdentity.GenerateSecret(Random(number)));

    /// <summary>SHA-256 over a number and a counter.</summary>
    public static RandomBytes Random(int number)
    {
        var block = 0;
        return target =>
        {
            Span<byte> input = stackalloc byte[8];
            for (var at = 0; at < target.Length; at += 32)
            {
                BinaryPrimitives.WriteInt32BigEndian(input, number);
                BinaryPrimitives.WriteInt32BigEndian(input[4..], block++);
                SHA256.HashData(input).AsSpan(0, Math.Min(32, target.Length - at)).CopyTo(target[at..]);
            }
        };
    }

    /// <summary>Bytes of a number.</summary>
    public static byte[] Bytes(int length, int number)
    {
        var bytes = new byte[length];
        Random(number)(bytes);
        return bytes;
    }

    public static FrameContent Content(int payload = 32, params FrameSource[] sources) =>
        new(FrameHealth.Healthy, sources, Bytes(payload, 100 + payload));

    public static byte[] Frame(NodeIdentity from, NodeIdentity to, long sequence = 1, int payload = 32, TimeSpan late = default)
    {
        using var content = Content(payload);
        return FrameSealer.Seal(from, to.Public, sequence, Time + late, content, Random((int)(sequence % 1000)));
    }

    /// <summary>Signs again what was changed.</summary>
    public static byte[] SignedBy(NodeIdentity signer, byte[] frame)
    {
        var signed = frame.Length - FrameLayout.SignatureBytes;
        signer.Signing.SignDeterministically(frame.AsSpan(0, signed), FrameSealer.SignatureContext).CopyTo(frame.AsSpan(signed));
        return frame;
    }
}
