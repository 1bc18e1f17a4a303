using System.Buffers.Text;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Streaming;

/// <summary>The text of a stream, piece by piece.</summary>
internal static class StreamText
{
    // "id: ", 19 digits, "\ndata: ", "\n\n"
    private const int EventFrame = 64;

    /// <summary>The most text that one piece makes; 0 where the bytes are sent as they are.</summary>
    /// <param name="request">The request.</param>
    public static int MaxLength(in StreamRequest request) =>
        request.Output.Format == BodyFormat.Bytes
            ? 0
            : (int)ByteText.LengthOf(request.Output.Format, request.MostAtOnce) + (request.AsEvents ? EventFrame : 0);

    /// <summary>
    /// Writes bytes as hexadecimal or base64, and for events as one event (WHATWG HTML, 9.2.6): <c>id</c>, <c>data</c>, and the empty line.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="id">The event's number.</param>
    /// <param name="bytes">At most <see cref="StreamRequest.MostAtOnce"/>.</param>
    /// <param name="text">At least <see cref="MaxLength"/>.</param>
    /// <returns>The length of the text.</returns>
    public static int Write(in StreamRequest request, long id, ReadOnlySpan<byte> bytes, Span<byte> text)
    {
        if (!request.AsEvents)
        {
            return Encode(request.Output.Format, bytes, text);
        }

        var at = Put("id: "u8, text);
        _ = id.TryFormat(text[at..], out var digits);
        at += digits;
        at += Put("\ndata: "u8, text[at..]);
        at += Encode(request.Output.Format, bytes, text[at..]);
        return at + Put("\n\n"u8, text[at..]);
    }

    private static int Put(ReadOnlySpan<byte> part, Span<byte> text)
    {
        part.CopyTo(text);
        return part.Length;
    }

    private static int Encode(BodyFormat format, ReadOnlySpan<byte> bytes, Span<byte> text)
    {
        int written;
        if (format == BodyFormat.Hex)
        {
            _ = Convert.TryToHexStringLower(bytes, text, out written);
        }
        else
        {
            _ = Base64.EncodeToUtf8(bytes, text, out _, out written);
        }

        return written;
    }
}
