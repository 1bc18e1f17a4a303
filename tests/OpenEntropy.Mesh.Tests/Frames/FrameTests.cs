using System.Buffers.Binary;
using System.Security.Cryptography;
using OpenEntropy.Mesh.Frames;
using Xunit;

namespace OpenEntropy.Mesh.Tests.Frames;

public sealed class FrameTests
{
    /// <summary>SHA-256 of the frame that Ada, of <see cref="Node"/>, makes for Bert with number 7, a payload of 64 bytes and two sources.</summary>
    private const string KnownFrame = "6e0369d295fdf1d9b478391404dfa68d10da9283c513bc59e8cdd5325d2d2c0c";

    private static byte[] Known
    {
        get
        {
            using var content = Node.Content(64, new("clock_jitter", true, 333_333, 2_700_000), new("gpu", false, 0, null));
            return FrameSealer.Seal(Node.Ada, Node.Bert.Public, 7, Node.Time, content, Node.Random(42));
        }
    }

    [Fact]
    public void Seal_FixedSeeds_IsTheKnownFrame()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Known));
        Assert.True(hash == KnownFrame, hash);
    }

    /// <summary>By the numbers in docs/mesh-frames.md and not by those of the code.</summary>
    [Fact]
    public void Seal_ByTheOffsetsOfTheDocument_HasTheFieldsAndOpens()
    {
        var frame = Known;
        var body = 4 + 64 + (10 + 12) + (10 + 3);
        Assert.Equal(1240 + body + 16 + 3309, frame.Length);
        Assert.Equal("OEMF\x01\x01"u8, frame.AsSpan(0, 6));
        Assert.Equal(body, BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(6)));
        Assert.Equal(Node.Ada.Public.Id.Hex, Convert.ToHexStringLower(frame.AsSpan(8, 32)));
        Assert.Equal(Node.Bert.Public.Id.Hex, Convert.ToHexStringLower(frame.AsSpan(40, 32)));
        Assert.Equal(7, BinaryPrimitives.ReadInt64BigEndian(frame.AsSpan(72)));
        Assert.Equal(Node.Time.ToUnixTimeMilliseconds(), BinaryPrimitives.ReadInt64BigEndian(frame.AsSpan(80)));

        var keys = Node.Ada.Public.Encoded.ToArray();
        var signed = frame.AsSpan(0, frame.Length - 3309);
        Assert.True(Node.Ada.Public.Verification.Verify(signed, "OpenEntropy mesh frame 1"u8, frame.AsSpan(frame.Length - 3309)));
        Assert.Equal(Node.Ada.Public.Id.Hex, Convert.ToHexStringLower(SHA256.HashData([.. "OpenEntropy mesh node 1"u8, .. keys])));

        var plain = Decrypt(frame, body, keys);
        Assert.Equal([1, 2, 0, 64], plain[..4]);
        Assert.Equal(Node.Bytes(64, 164), plain[4..68]);
        byte[] first = [12, .. "clock_jitter"u8, 1, 0x00, 0x05, 0x16, 0x15, 0x00, 0x29, 0x32, 0xE0];
        byte[] second = [3, .. "gpu"u8, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF];
        Assert.Equal([.. first, .. second], plain[68..]);
    }

    [Fact]
    public void Seal_ForItself_IsRefused() => Assert.Throws<FrameFormatException>(() => Node.Frame(Node.Ada, Node.Ada));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1L << 53)]
    public void Seal_NumberOutOfRange_IsRefused(long sequence) =>
        Assert.Equal("sequence", Assert.Throws<FrameFormatException>(() => Node.Frame(Node.Ada, Node.Bert, sequence)).Field);

    [Theory]
    [InlineData(0, 'X', "magic")]
    [InlineData(4, 2, "version")]
    [InlineData(5, 0, "suite")]
    [InlineData(7, 35, "body_length")]
    [InlineData(7, 37, "frame")]
    [InlineData(72, 1, "sequence")]
    [InlineData(80, 1, "time")]
    public void ReadHeader_OneFieldOutOfItsRange_NamesIt(int at, int value, string field)
    {
        var frame = Node.Frame(Node.Ada, Node.Bert);
        frame[at] = (byte)value;
        var refusal = Assert.Throws<FrameFormatException>(() => FrameHeader.Read(frame));
        Assert.Equal(field, refusal.Field);
        Assert.StartsWith(field, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadHeader_ABytePutBehindOrTakenAway_IsRefused()
    {
        var frame = Node.Frame(Node.Ada, Node.Bert);
        Assert.Equal("frame", Assert.Throws<FrameFormatException>(() => FrameHeader.Read([.. frame, 0])).Field);
        Assert.Equal("frame", Assert.Throws<FrameFormatException>(() => FrameHeader.Read(frame.AsSpan(0, frame.Length - 1))).Field);
        Assert.Equal("frame", Assert.Throws<FrameFormatException>(() => FrameHeader.Read([])).Field);
        Assert.Equal("frame", Assert.Throws<FrameFormatException>(() => FrameHeader.Read(new byte[1 << 20])).Field);
    }

    private static byte[] Decrypt(byte[] frame, int body, byte[] senderKeys)
    {
        var secrets = new byte[64];
        Node.Bert.Decapsulation.Decapsulate(frame.AsSpan(88, 1088), secrets.AsSpan(0, 32));
        var curve = ECCurve.NamedCurves.nistP256;
        var q = new ECPoint { X = frame[1176..1208], Y = frame[1208..1240] };
        using var ephemeral = ECDiffieHellman.Create(new ECParameters { Curve = curve, Q = q });
        var scalar = NodeSecret(2)[96..];
        using var own = ECDiffieHellman.Create(new ECParameters { Curve = curve, D = scalar });
        own.DeriveRawSecretAgreement(ephemeral.PublicKey).CopyTo(secrets, 32);
        byte[] transcript = [.. frame[..1240], .. senderKeys, .. Node.Bert.Public.Encoded.Span];
        byte[] info = [.. "OpenEntropy mesh frame 1 key"u8, .. SHA384.HashData(transcript)];
        var derived = HKDF.DeriveKey(HashAlgorithmName.SHA384, secrets, 44, [], info);
        var plain = new byte[body];
        using var aes = new AesGcm(derived.AsSpan(0, 32), 16);
        aes.Decrypt(derived.AsSpan(32), frame.AsSpan(1240, body), frame.AsSpan(1240 + body, 16), plain, frame.AsSpan(0, 1240));
        return plain;
    }

    private static byte[] NodeSecret(int number) => OpenEntropy.Mesh.Nodes.NodeIdentity.GenerateSecret(Node.Random(number));
}
