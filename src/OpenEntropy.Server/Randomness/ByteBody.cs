using System.Buffers;
using System.Buffers.Text;

namespace OpenEntropy.Server.Randomness;

/// <summary>Bodies of bytes, as they are or as hexadecimal or base64 text, streamed.</summary>
internal static class ByteBody
{
    private const int Base64Group = 3;

    /// <summary>A block of the transport's own memory. Larger spans come from the array pool that the whole process shares, and go back uncleared.</summary>
    private const int TransportBlock = 4096;

    /// <summary>Half of what a connection takes before it pauses: while it sends one half the next is made.</summary>
    private const int Part = 32_768;

    /// <summary>The body's length.</summary>
    /// <param name="request">Its format is bytes, hex or base64.</param>
    public static long LengthOf(in RandomRequest request) => EncodedLength(request.Format, request.Length);

    /// <summary>How fast a body is sent; null where its client alone decides.</summary>
    /// <param name="request">Its format is bytes, hex or base64.</param>
    /// <param name="time">The clock.</param>
    public static RatePace? FindPace(in RandomRequest request, TimeProvider time) =>
        request.Rate == 0 ? null : new RatePace(request.Rate, request.Format == BodyFormat.Base64 ? Base64Group : 1, time);

    /// <summary>
    /// Draws and writes in turns, as fast as the client reads. The first draw comes before the headers, so that a refusal can still be said;
    /// a refusal later breaks the connection off, since the promised length cannot be met and nothing else is put in its place.
    /// </summary>
    /// <param name="response">Nothing of it has been sent.</param>
    /// <param name="request">Its format is bytes, hex or base64.</param>
    /// <param name="draw">Gives the bytes.</param>
    /// <param name="pace">How fast; null: as the client reads.</param>
    /// <returns>A refusal, and then nothing is written; null when done, broken off, or when the client is gone.</returns>
    public static async ValueTask<EntropyRefusal?> WriteAsync(
        HttpResponse response,
        RandomRequest request,
        RandomDraw draw,
        RatePace? pace = null
    )
    {
        using var bytes = PooledBytes.Rent((int)Math.Min(request.Length, ChunkLength(in request, draw, pace)));
        if (await FindShortageAsync(request, draw, bytes.Memory.Length) is { } shortage)
        {
            return shortage;
        }

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
            if (!await SendAsync(response, request.Format, chunk, pace))
            {
                return null;
            }
        }

        return null;
    }

    // Blocks that are waited for may be there when they are needed; those that are not must be there now.
    private static ValueTask<EntropyRefusal?> FindShortageAsync(RandomRequest request, RandomDraw draw, int atOnce) =>
        draw.TakesBlocks && request.Length > atOnce && request.Timeout == TimeSpan.Zero ? draw.FindRefusalAsync(request.Length) : default;

    /// <summary>Sends one draw, in parts where the pace allows no more at once.</summary>
    /// <returns>False where the client is gone.</returns>
    private static async ValueTask<bool> SendAsync(HttpResponse response, BodyFormat format, ReadOnlyMemory<byte> chunk, RatePace? pace)
    {
        var gone = response.HttpContext.RequestAborted;
        var most = Math.Min(BytesIn(Part, format), WholeGroups(format, pace?.Most ?? Part));
        while (chunk.Length > 0)
        {
            var length = Math.Min(most, chunk.Length);
            if (pace is not null)
            {
                await pace.WaitAsync(length, gone);
                pace.Spend(length);
            }

            Encode(response.BodyWriter, format, chunk.Span[..length]);
            var flush = await response.BodyWriter.FlushAsync(gone);
            if (flush is { IsCompleted: true } or { IsCanceled: true })
            {
                return false;
            }

            chunk = chunk[length..];
        }

        return true;
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

    // Draws that take blocks are not made shorter: each would take one of its own.
    private static int ChunkLength(in RandomRequest request, RandomDraw draw, RatePace? pace) =>
        WholeGroups(request.Format, draw.TakesBlocks ? draw.ChunkLength : Math.Min(Math.Min(draw.ChunkLength, Part), pace?.Most ?? Part));

    private static int WholeGroups(BodyFormat format, int bytes) => format == BodyFormat.Base64 ? bytes / Base64Group * Base64Group : bytes;

    /// <summary>The length of a text.</summary>
    /// <param name="format">Bytes, hex or base64.</param>
    /// <param name="bytes">Bytes.</param>
    internal static long EncodedLength(BodyFormat format, long bytes) =>
        format switch
        {
            BodyFormat.Hex => 2 * bytes,
            BodyFormat.Base64 => (bytes + Base64Group - 1) / Base64Group * 4,
            _ => bytes,
        };
}
