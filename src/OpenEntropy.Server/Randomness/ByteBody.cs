using System.Buffers;
using System.Buffers.Text;

namespace OpenEntropy.Server.Randomness;

/// <summary>Bodies of bytes, as they are or as hexadecimal or base64 text, streamed.</summary>
internal static class ByteBody
{
    private const int Base64Group = 3;

    /// <summary>A block of the transport's own memory. Larger spans come from the array pool that the whole process shares, and go back uncleared.</summary>
    private const int TransportBlock = 4096;

    /// <summary>The body's length.</summary>
    /// <param name="request">Its format is bytes, hex or base64.</param>
    public static long LengthOf(in RandomRequest request) => EncodedLength(request.Format, request.Length);

    /// <summary>
    /// Draws and writes in turns, as fast as the client reads. The first draw comes before the headers, so that a refusal can still be said;
    /// a refusal later breaks the connection off, since the promised length cannot be met and nothing else is put in its place.
    /// </summary>
    /// <param name="response">Nothing of it has been sent.</param>
    /// <param name="request">Its format is bytes, hex or base64.</param>
    /// <param name="draw">Gives the bytes.</param>
    /// <returns>A refusal, and then nothing is written; null when done, broken off, or when the client is gone.</returns>
    public static async ValueTask<EntropyRefusal?> WriteAsync(HttpResponse response, RandomRequest request, RandomDraw draw)
    {
        using var bytes = PooledBytes.Rent((int)Math.Min(request.Length, ChunkLength(request.Format, draw)));
        for (var left = request.Length; left > 0; )
        {
            var chunk = bytes.Memory[..(int)Math.Min(left, bytes.Memory.Length)];
            if (await draw.FillAsync(chunk) is { } refusal)
            {
                if (!response.HasStarted)
                {
                    return refusal;
                }

                response.HttpContext.Abort();
                return null;
            }

            if (!response.HasStarted)
            {
                RandomHeaders.Write(response, in request, draw.FindOrigin());
                response.ContentLength = LengthOf(in request);
                await response.StartAsync();
            }

            left -= chunk.Length;
            Encode(response.BodyWriter, request.Format, chunk.Span);
            if (await response.BodyWriter.FlushAsync(response.HttpContext.RequestAborted) is { IsCompleted: true } or { IsCanceled: true })
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Writes one chunk.</summary>
    /// <param name="writer">Receives the text.</param>
    /// <param name="format">Bytes, hex or base64.</param>
    /// <param name="chunk">For base64 a multiple of three bytes, but for the last chunk: padding may only end the body.</param>
    internal static void Encode(IBufferWriter<byte> writer, BodyFormat format, ReadOnlySpan<byte> chunk)
    {
        var most = BytesIn(TransportBlock, format);
        for (; chunk.Length > 0; chunk = chunk[Math.Min(most, chunk.Length)..])
        {
            EncodePart(writer, format, chunk[..Math.Min(most, chunk.Length)]);
        }
    }

    private static void EncodePart(IBufferWriter<byte> writer, BodyFormat format, ReadOnlySpan<byte> part)
    {
        var span = writer.GetSpan((int)EncodedLength(format, part.Length));
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

    private static int BytesIn(int text, BodyFormat format) =>
        format switch
        {
            BodyFormat.Hex => text / 2,
            BodyFormat.Base64 => text / 4 * Base64Group,
            _ => text,
        };

    private static int ChunkLength(BodyFormat format, RandomDraw draw) =>
        format == BodyFormat.Base64 ? draw.ChunkLength / Base64Group * Base64Group : draw.ChunkLength;

    private static long EncodedLength(BodyFormat format, long bytes) =>
        format switch
        {
            BodyFormat.Hex => 2 * bytes,
            BodyFormat.Base64 => (bytes + Base64Group - 1) / Base64Group * 4,
            _ => bytes,
        };
}
