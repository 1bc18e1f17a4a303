using System.Buffers;
using System.Buffers.Text;
using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Server.Randomness;

/// <summary>Bytes as they are, or as hexadecimal or base64 text.</summary>
internal static class ByteText
{
    /// <summary>Bytes whose base64 text needs no padding: only the last of several texts may have another length.</summary>
    public const int Base64Group = 3;

    /// <summary>Writes a text.</summary>
    /// <param name="writer">Receives the text.</param>
    /// <param name="format">Bytes, hex or base64.</param>
    /// <param name="chunk">For base64 a multiple of three bytes, but for the last chunk: padding may only end the body.</param>
    public static void Write(IBufferWriter<byte> writer, BodyFormat format, ReadOnlySpan<byte> chunk)
    {
        var most = BytesIn(TransportMemory.LargeBlock, format);
        for (; chunk.Length > 0; chunk = chunk[Math.Min(most, chunk.Length)..])
        {
            WritePart(writer, format, chunk[..Math.Min(most, chunk.Length)]);
        }
    }

    private static void WritePart(IBufferWriter<byte> writer, BodyFormat format, ReadOnlySpan<byte> part)
    {
        var span = writer.GetSpan((int)LengthOf(format, part.Length));
        switch (format)
        {
            case BodyFormat.Hex:
                _ = Convert.TryToHexStringLower(part, span, out var digits);
                writer.Advance(digits);
                break;
            case BodyFormat.Base64:
                _ = Base64.EncodeToUtf8(part, span, out _, out var written);
                writer.Advance(written);
                break;
            default:
                part.CopyTo(span);
                writer.Advance(part.Length);
                break;
        }
    }

    /// <summary>How many bytes a text of a length holds.</summary>
    /// <param name="text">The most characters.</param>
    /// <param name="format">Bytes, hex or base64.</param>
    public static int BytesIn(int text, BodyFormat format) =>
        format switch
        {
            BodyFormat.Hex => text / 2,
            BodyFormat.Base64 => text / 4 * Base64Group,
            _ => text,
        };

    /// <summary>The length of a text.</summary>
    /// <param name="format">Bytes, hex or base64.</param>
    /// <param name="bytes">Bytes.</param>
    public static long LengthOf(BodyFormat format, long bytes) =>
        format switch
        {
            BodyFormat.Hex => 2 * bytes,
            BodyFormat.Base64 => (bytes + Base64Group - 1) / Base64Group * 4,
            _ => bytes,
        };
}
