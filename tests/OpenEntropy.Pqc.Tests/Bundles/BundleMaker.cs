using System.Buffers;
using System.Buffers.Binary;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Pqc.Hashing;

namespace OpenEntropy.Pqc.Tests.Bundles;

/// <summary>Bundles of scripted randomness.</summary>
internal static class BundleMaker
{
    public static readonly Lazy<BundleIdentity> Identity = new(() => BundleIdentity.Generate(Random(1)));

    /// <summary>An endless scripted stream: SHAKE256 of a number.</summary>
    public static RandomBytes Random(int number)
    {
        var sponge = Sponge.Shake256();
        var seed = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(seed, number);
        sponge.Absorb(seed);
        return target => sponge.Squeeze(target);
    }

    public static BundleContent Content(KeyEncodings encodings) =>
        new()
        {
            Id = "0123456789abcdef0123456789abcdef",
            Created = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Requester = "Ägidius \"the\" tester <&>",
            Purpose = null,
            Node = "node",
            Encodings = encodings,
            Secrets = SecretForm.Clear,
            IsStored = false,
            Evidence = "{\"pool\":{\"state\":\"healthy\",\"ratio\":0.125}}"u8.ToArray(),
        };

    /// <summary>A document without secrets.</summary>
    public static byte[] Document(KeyEncodings encodings, params string[] algorithms)
    {
        var keys = algorithms.Select((name, i) => BundleAlgorithm.Find(name)!.Make(Random(2 + i))).ToList();
        var payload = BundleText.WritePayload(Content(encodings), keys, Identity.Value.Public);
        var document = new ArrayBufferWriter<byte>();
        BundleText.WriteDocument(document, payload, Identity.Value.Sign(payload, Random(99)), []);
        return document.WrittenSpan.ToArray();
    }
}
