using System.Buffers;
using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Server.Randomness;

/// <summary>
/// Bodies of elements: the ANU object, and the same elements on lines. Up to <see cref="AnswerMemory.Free"/> random bytes are drawn at once; more
/// generator output is drawn as the client reads, and of other output more is held whole, since nothing may take a member back once it is written.
/// </summary>
internal static class ElementBody
{
    /// <summary>The longest text that is written in one go: what a connection takes before it pauses.</summary>
    private const int WholeLength = 65_536;

    /// <summary>Half of that: of a longer text, what is written between two looks at what the client has read.</summary>
    private const int SliceLength = 32_768;
    private const int LeastSpan = 64;

    /// <summary>The longest text that is written into short blocks of the transport's memory: what is longer gets large ones.</summary>
    private const int ShortText = 2 * TransportMemory.Block;

    /// <summary>The body's length, where it does not depend on the values.</summary>
    /// <param name="request">Its format is JSON or lines.</param>
    /// <param name="origin">Its sources, for raw samples.</param>
    /// <returns>Null for decimals.</returns>
    public static long? FindLength(in RandomRequest request, RawOrigin? origin)
    {
        var text = ElementText.For(in request);
        return text.HasFixedLength ? LengthOf(in request, origin, request.Length * text.MaxElementText) : null;
    }

    /// <summary>Draws and writes the body.</summary>
    /// <param name="response">Nothing of it has been sent.</param>
    /// <param name="request">Its format is JSON or lines.</param>
    /// <param name="draw">Gives the bytes.</param>
    /// <returns>A refusal, and then nothing is written; null when done, or when the client is gone.</returns>
    /// <exception cref="Errors.BrokenOffException">A refusal after the first slice.</exception>
    public static ValueTask<EntropyRefusal?> WriteAsync(HttpResponse response, RandomRequest request, RandomDraw draw) =>
        ElementSlices.AreUsedFor(in request) ? ElementSlices.WriteAsync(response, request, draw) : WriteWholeAsync(response, request, draw);

    private static async ValueTask<EntropyRefusal?> WriteWholeAsync(HttpResponse response, RandomRequest request, RandomDraw draw)
    {
        using var bytes = PooledBytes.Rent((int)request.TotalBytes);
        if (await draw.FillAsync(bytes.Memory) is { } refusal)
        {
            return refusal;
        }

        var origin = draw.FindOrigin();
        var length = LengthOf(in request, origin, ElementText.For(in request).Measure(bytes.Span));
        RandomHeaders.Write(response, in request, origin);
        response.ContentLength = length;

        // Once the headers are out, the body goes straight into the connection's own buffers.
        await response.StartAsync();
        WriteHead(response.BodyWriter, in request, origin);
        if (length <= WholeLength)
        {
            WriteElements(response.BodyWriter, in request, bytes.Span, atEnd: true);
        }
        else
        {
            await WriteLongAsync(response, request, bytes.Memory);
        }

        return null;
    }

    /// <summary>Writes elements, and after the last of JSON what closes the object.</summary>
    /// <param name="writer">Receives the text.</param>
    /// <param name="request">Type, size and format.</param>
    /// <param name="bytes">Whole elements, at least one.</param>
    /// <param name="atEnd">Whether these are the last.</param>
    internal static void WriteElements(IBufferWriter<byte> writer, in RandomRequest request, ReadOnlySpan<byte> bytes, bool atEnd)
    {
        var text = ElementText.For(in request);
        var closes = atEnd && request.Format == BodyFormat.Json;

        // More than the elements take by as much as the end is longer than the comma it replaces.
        var end = JsonHead.EndOf(request.Shape);
        var more = end.Length - 1;
        var least = Math.Max(LeastSpan, text.MaxElementText + more);
        if (least > TransportMemory.Block)
        {
            WriteInParts(writer, in request, bytes, closes);
            return;
        }

        while (!bytes.IsEmpty)
        {
            var most = (bytes.Length / text.ElementBytes * text.MaxElementText) + more;
            var span = writer.GetSpan(most > ShortText ? Math.Min(most, TransportMemory.LargeBlock) : least);
            var count = Math.Min(bytes.Length, (span.Length - more) / text.MaxElementText * text.ElementBytes);
            var written = text.Write(bytes[..count], span);
            bytes = bytes[count..];
            if (closes && bytes.IsEmpty)
            {
                end.CopyTo(span[--written..]);
                written += end.Length;
            }

            writer.Advance(written);
        }
    }

    /// <summary>Writes what stands before the elements.</summary>
    /// <param name="writer">Receives the text.</param>
    /// <param name="request">The request.</param>
    /// <param name="origin">Its sources, for raw samples.</param>
    internal static void WriteHead(IBufferWriter<byte> writer, in RandomRequest request, RawOrigin? origin)
    {
        if (request.Format == BodyFormat.Json)
        {
            writer.Advance(JsonHead.Write(in request, origin, writer.GetSpan(JsonHead.MaxLength(in request, origin))));
        }
    }

    // Blocks whose digits fill more than the transport's block.
    private static void WriteInParts(IBufferWriter<byte> writer, in RandomRequest request, ReadOnlySpan<byte> bytes, bool closes)
    {
        var json = request.Format == BodyFormat.Json;
        while (!bytes.IsEmpty)
        {
            writer.Write(json ? "\""u8 : []);
            for (var left = bytes[..request.ElementBytes]; !left.IsEmpty; )
            {
                var span = writer.GetSpan(LeastSpan);
                var part = left[..Math.Min(left.Length, span.Length / 2)];
                _ = Convert.TryToHexStringLower(part, span, out var digits);
                writer.Advance(digits);
                left = left[part.Length..];
            }

            bytes = bytes[request.ElementBytes..];
            var isLast = closes && bytes.IsEmpty;
            writer.Write(
                !json ? "\n"u8
                : isLast ? "\""u8
                : "\","u8
            );
            writer.Write(isLast ? JsonHead.EndOf(request.Shape) : []);
        }
    }

    /// <summary>Writes all elements as the client reads them, and after the last of JSON what closes the object.</summary>
    /// <param name="response">It has started.</param>
    /// <param name="request">Type, size and format.</param>
    /// <param name="bytes">Whole elements, at least one.</param>
    internal static async Task WriteLongAsync(HttpResponse response, RandomRequest request, ReadOnlyMemory<byte> bytes)
    {
        var slice = SliceOf(in request);
        for (var start = 0; start < bytes.Length; start += slice)
        {
            var end = Math.Min(bytes.Length, start + slice);
            WriteElements(response.BodyWriter, in request, bytes.Span[start..end], end == bytes.Length);
            if (!await ClientFlush.SendAsync(response))
            {
                return;
            }
        }
    }

    /// <summary>
    /// The random bytes that are written between two looks at what the client has read: as few elements as may fill half of what a connection takes,
    /// so that two slices of digits pause it. Decimals are shorter than they may be, and take three.
    /// </summary>
    /// <param name="request">Type, size and format.</param>
    internal static int SliceOf(in RandomRequest request)
    {
        var text = ElementText.For(in request);
        return (SliceLength + text.MaxElementText - 1) / text.MaxElementText * text.ElementBytes;
    }

    private static long LengthOf(in RandomRequest request, RawOrigin? origin, long textLength)
    {
        if (request.Format != BodyFormat.Json)
        {
            return textLength;
        }

        var room = JsonHead.MaxLength(in request, origin);
        Span<byte> scratch = room <= 512 ? stackalloc byte[512] : new byte[room];
        return JsonHead.Write(in request, origin, scratch) + textLength - 1 + JsonHead.EndOf(request.Shape).Length;
    }
}
