using System.Globalization;
using System.Text.Encodings.Web;

namespace OpenEntropy.Server.Randomness;

/// <summary>
/// The ANU object up to and with the bracket that opens <c>data</c>. Members stand in the order clients expect, and
/// <c>"success":true</c> is written without white space because one client looks for that text.
/// </summary>
internal ref struct JsonHead
{
    // The fixed members with the longest type, quality and numbers take 140 bytes.
    private const int FixedLength = 256;
    private const int LongestEscape = 6;
    private const int StateAndPunctuation = 32;

    private readonly Span<byte> _text;
    private int _position;

    private JsonHead(Span<byte> text) => _text = text;

    /// <summary>What closes the object after the last element. No quoted hexadecimal text may stand in it: one client would take that for data.</summary>
    /// <param name="shape">Whose object it is.</param>
    public static ReadOnlySpan<byte> EndOf(AnswerShape shape) => shape == AnswerShape.AnuOlder ? "],\"success\":true}"u8 : "]}"u8;

    /// <summary>Room that any head of this request fits in, bytes.</summary>
    /// <param name="request">The request.</param>
    /// <param name="origin">Its sources, for raw samples.</param>
    public static int MaxLength(in RandomRequest request, RawOrigin? origin) =>
        FixedLength
        + ((request.Source?.Length ?? 0) * LongestEscape)
        + (origin?.Members.Sum(name => (name.Length * LongestEscape) + StateAndPunctuation) ?? 0);

    /// <summary>Writes the head.</summary>
    /// <param name="request">The request.</param>
    /// <param name="origin">Its sources, for raw samples.</param>
    /// <param name="text">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(in RandomRequest request, RawOrigin? origin, Span<byte> text)
    {
        var head = new JsonHead(text);
        switch (request.Shape)
        {
            case AnswerShape.Service:
                head.AppendService(in request, origin);
                break;
            case AnswerShape.AnuOlder:
                head.AppendAnuOlder(in request);
                break;
            default:
                head.AppendAnu(in request);
                break;
        }

        head.Append(",\"data\":["u8);
        return head._position;
    }

    /// <summary>The output's name in answers. The extractor's bits are raw in this sense: nothing vetted stands behind them.</summary>
    /// <param name="conditioning">The output.</param>
    public static ReadOnlySpan<byte> QualityName(PoolOutput conditioning) =>
        conditioning switch
        {
            PoolOutput.Drbg => "drbg"u8,
            PoolOutput.Limited => "limited"u8,
            _ => "raw"u8,
        };

    private static ReadOnlySpan<byte> TypeName(ElementType type) =>
        type switch
        {
            ElementType.UInt8 => "uint8"u8,
            ElementType.UInt16 => "uint16"u8,
            ElementType.Hex8 => "hex8"u8,
            _ => "hex16"u8,
        };

    private void AppendAnu(in RandomRequest request)
    {
        Append("{\"success\":true,\"type\":\""u8);
        Append(TypeName(request.Type));
        Append(request.Shape == AnswerShape.AnuTextLength ? "\",\"length\":\""u8 : "\",\"length\":"u8);
        Append(request.Length);
        Append(request.Shape == AnswerShape.AnuTextLength ? "\""u8 : []);
    }

    private void AppendAnuOlder(in RandomRequest request)
    {
        Append("{\"type\":\""u8);
        Append(request.Type is ElementType.UInt8 or ElementType.UInt16 ? TypeName(request.Type) : "string"u8);
        Append("\",\"length\":"u8);
        Append(request.Length);
        Append(",\"size\":"u8);
        Append(request.Size);
    }

    private void AppendService(in RandomRequest request, RawOrigin? origin)
    {
        Append("{\"success\":true,\"type\":\""u8);
        Append(TypeName(request.Type));
        Append("\",\"length\":"u8);
        Append(request.Length);
        Append(",\"size\":"u8);
        Append(request.Size);

        // Von Neumann's extractor is no vetted conditioning component (SP 800-90B, 3.1.5.1): what it gives is unconditioned.
        Append(request.ReadsRaw ? ",\"conditioned\":false"u8 : ",\"conditioned\":true"u8);
        if (request.Source is not null)
        {
            Append(",\"source\":"u8);
            AppendString(request.Source);
        }

        Append(",\"quality\":\""u8);
        Append(QualityName(request.Conditioning));
        Append("\""u8);
        if (request.Conditioning == PoolOutput.VonNeumann)
        {
            Append(",\"conditioning\":\"vonneumann\""u8);
        }

        AppendOrigin(origin);
    }

    private void AppendOrigin(RawOrigin? origin)
    {
        if (origin is null)
        {
            return;
        }

        if (origin.Members.Count == 1)
        {
            Append(",\"state\":"u8);
            AppendString(origin.States[0]);
            return;
        }

        Append(",\"sources\":"u8);
        AppendStrings(origin.Members);
        Append(",\"states\":"u8);
        AppendStrings(origin.States);
    }

    private void AppendStrings(IReadOnlyList<string> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            Append(i == 0 ? "["u8 : ","u8);
            AppendString(values[i]);
        }

        Append(values.Count == 0 ? "[]"u8 : "]"u8);
    }

    private void AppendString(string value)
    {
        Append("\""u8);
        var escaped = JavaScriptEncoder.Default.Encode(value);
        _position += System.Text.Encoding.ASCII.GetBytes(escaped, _text[_position..]);
        Append("\""u8);
    }

    private void Append(scoped ReadOnlySpan<byte> literal)
    {
        literal.CopyTo(_text[_position..]);
        _position += literal.Length;
    }

    private void Append(long number)
    {
        number.TryFormat(_text[_position..], out var written, provider: CultureInfo.InvariantCulture);
        _position += written;
    }
}
