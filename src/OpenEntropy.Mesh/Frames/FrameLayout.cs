namespace OpenEntropy.Mesh.Frames;

/// <summary>Where what stands in a frame of version 1, bytes: docs/mesh-frames.md. Numbers are big-endian.</summary>
internal static class FrameLayout
{
    public const byte Version = 1;

    /// <summary>ML-DSA-65; ML-KEM-768 with ECDH on P-256; HKDF-SHA-384; AES-256-GCM.</summary>
    public const byte Suite = 1;

    public const int VersionAt = 4;
    public const int SuiteAt = 5;
    public const int BodyLengthAt = 6;
    public const int SenderAt = 8;
    public const int RecipientAt = 40;
    public const int SequenceAt = 72;
    public const int TimeAt = 80;
    public const int CiphertextAt = 88;
    public const int PointAt = CiphertextAt + CiphertextBytes;
    public const int BodyAt = PointAt + PointBytes;

    public const int IdBytes = 32;
    public const int CiphertextBytes = 1088;
    public const int PointBytes = 64;
    public const int TagBytes = 16;
    public const int SignatureBytes = 3309;

    /// <summary>The encrypted part: health, number of sources, length of the payload; then the payload and the sources.</summary>
    public const int ContentHeadBytes = 4;

    public const int MaximumSources = 128;
    public const int MaximumNameBytes = 64;

    /// <summary>Of a source: its name's length, flag, claim and assessment, without the name.</summary>
    public const int SourceBytes = 10;

    public const int MinimumPayloadBytes = 32;
    public const int MaximumPayloadBytes = 1024;
    public const int MinimumBodyBytes = ContentHeadBytes + MinimumPayloadBytes;
    public const int MaximumBodyBytes = ContentHeadBytes + MaximumPayloadBytes + (MaximumSources * (SourceBytes + MaximumNameBytes));
    public const int AroundBodyBytes = BodyAt + TagBytes + SignatureBytes;
    public const int MinimumBytes = AroundBodyBytes + MinimumBodyBytes;
    public const int MaximumBytes = AroundBodyBytes + MaximumBodyBytes;

    /// <summary>The highest sequence number: every JSON reader holds it exactly (RFC 8259, 6).</summary>
    public const long MaximumSequence = (1L << 53) - 1;

    /// <summary>The last millisecond of the year 9999, since 1970.</summary>
    public const long MaximumTime = 253_402_300_799_999;

    /// <summary>What a frame begins with.</summary>
    public static ReadOnlySpan<byte> Magic => "OEMF"u8;

    /// <summary>The lengths that a payload may have, bytes.</summary>
    public static bool IsPayloadLength(int bytes) =>
        bytes is >= MinimumPayloadBytes and <= MaximumPayloadBytes && System.Numerics.BitOperations.IsPow2(bytes);
}
