using System.Buffers.Binary;

namespace OpenEntropy.Noise.Hardware;

/// <summary>How a capture stream lays out its frames: one signed little-endian integer per channel, channels side by side.</summary>
/// <param name="SampleBytes">Bytes of one channel's sample: 2 (S16_LE), 3 (S24_3LE) or 4 (S32_LE).</param>
/// <param name="SignificantBits">The upper bits that the converter fills, 8 to all of them; the rest is padding.</param>
/// <param name="Channels">Samples per frame, at least 1.</param>
/// <param name="FramesPerSecond">The rate.</param>
internal readonly record struct PcmFormat(int SampleBytes, int SignificantBits, int Channels, int FramesPerSecond)
{
    private const int BitsPerByte = 8;

    private const int KeptBits = 0b11;

    /// <summary>Bytes of one frame.</summary>
    public int FrameBytes => SampleBytes * Channels;

    /// <summary>Why samples of this format cannot be read, in one clause; null where they can.</summary>
    public string? WhyUnusable() =>
        SampleBytes is < 2 or > 4 ? $"its samples have {SampleBytes} bytes"
        : SignificantBits is < BitsPerByte || SignificantBits > SampleBytes * BitsPerByte
            ? $"it says that {SignificantBits} of {SampleBytes * BitsPerByte} bits are significant"
        : Channels is < 1 or > 1024 ? $"it has {Channels} channels"
        : FramesPerSecond < 1 ? "it has no rate"
        : null;

    /// <summary>The lowest 2 bits of the first channel of each whole frame, padding below them shifted out; nothing else of a frame is looked at.</summary>
    /// <param name="frames">The bytes as the device gave them.</param>
    /// <param name="samples">Receives one sample per frame, 0 to 3.</param>
    /// <returns>The number of samples written.</returns>
    public int Digitize(ReadOnlySpan<byte> frames, Span<byte> samples)
    {
        var (size, bytes) = (FrameBytes, SampleBytes);
        var padding = (bytes * BitsPerByte) - SignificantBits;
        var count = Math.Min(frames.Length / size, samples.Length);
        for (var i = 0; i < count; i++)
        {
            var frame = frames.Slice(i * size, bytes);
            var value = bytes switch
            {
                2 => BinaryPrimitives.ReadInt16LittleEndian(frame),
                3 => BinaryPrimitives.ReadUInt16LittleEndian(frame) | (frame[2] << 16),
                _ => BinaryPrimitives.ReadInt32LittleEndian(frame),
            };
            samples[i] = (byte)((value >> padding) & KeptBits); // digitization: the lowest 2 bits of the converter's integer
        }

        return count;
    }
}
