using System.Buffers;
using System.IO.Pipelines;

namespace OpenEntropy.Server.Randomness;

/// <summary>Bodies of elements: the ANU object, and the same elements on lines.</summary>
internal static class ElementBody
{
    private const int FlushLength = 65_536;
    private const int LeastSpan = 64;

    /// <summary>The body's length, where it does not depend on the values.</summary>
    /// <param name="request">Its format is JSON or lines.</param>
    /// <param name="origin">Its sources, for raw samples.</param>
    /// <returns>Null for decimals.</returns>
    public static long? FindLength(in RandomRequest request, RawOrigin? origin)
    {
        var text = ElementText.For(in request);
        return text.HasFixedLength ? LengthOf(in request, origin, request.Length * text.MaxElementText) : null;
    }

    /// <summary>Draws all bytes, then writes the body.</summary>
    /// <param name="response">Nothing of it has been sent.</param>
    /// <param name="request">Its format is JSON or lines.</param>
    /// <param name="draw">Gives the bytes.</param>
    /// <returns>A refusal, and then nothing is written; null when done or when the client is gone.</returns>
    public static async ValueTask<EntropyRefusal?> WriteAsync(HttpResponse response, RandomRequest request, RandomDraw draw)
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
        if (length <= FlushLength)
        {
            WriteElements(response.BodyWriter, in request, bytes.Span, atEnd: true);
        }
        else
        {
            await WriteLongAsync(response.BodyWriter, request, bytes.Memory, response.HttpContext.RequestAborted);
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
        while (!bytes.IsEmpty)
        {
            var span = writer.GetSpan(Math.Max(LeastSpan, text.MaxElementText));
            var count = Math.Min(bytes.Length, span.Length / text.MaxElementText * text.ElementBytes);
            var written = text.Write(bytes[..count], span);
            bytes = bytes[count..];
            writer.Advance(closes && bytes.IsEmpty ? written - 1 : written); // no comma after the last
        }

        if (closes)
        {
            writer.Write(JsonHead.EndOf(request.Shape));
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

    private static async Task WriteLongAsync(PipeWriter writer, RandomRequest request, ReadOnlyMemory<byte> bytes, CancellationToken gone)
    {
        var text = ElementText.For(in request);
        var slice = Math.Max(1, FlushLength / text.MaxElementText) * text.ElementBytes;
        for (var start = 0; start < bytes.Length; start += slice)
        {
            var end = Math.Min(bytes.Length, start + slice);
            WriteElements(writer, in request, bytes.Span[start..end], end == bytes.Length);
            if (await writer.FlushAsync(gone) is { IsCompleted: true } or { IsCanceled: true })
            {
                return;
            }
        }
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
