using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Streaming;

/// <summary>The parameters of one stream as they are read: which were given, and their values, each valid by itself.</summary>
/// <param name="options">Whether raw samples are served.</param>
internal ref struct StreamFields(RandomnessOptions options)
{
    private const string Known = "length, raw, source, conditioning, timeout, format, rate";

    private GivenFields _given;
    private long _length = long.MaxValue;
    private bool _raw;
    private PoolOutput _conditioning = PoolOutput.Drbg;
    private string? _source;
    private int _timeout;
    private BodyFormat _format = BodyFormat.Bytes;
    private long _rate;

    /// <summary>Reads every parameter; stops at the first that is unknown, repeated or not a value it can have.</summary>
    /// <param name="query">The raw query string.</param>
    public RequestError? Read(ReadOnlySpan<char> query)
    {
        Span<char> nameBuffer = stackalloc char[FieldValue.LongestText];
        Span<char> valueBuffer = stackalloc char[FieldValue.LongestText];
        var reader = new QueryReader(query);
        while (reader.MoveNext())
        {
            if ((reader.Decode(nameBuffer, valueBuffer, out var name, out var value) ?? ReadField(name, value)) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    /// <summary>The request, once the parameters are known not to contradict each other.</summary>
    /// <param name="accept">The <c>Accept</c> header.</param>
    /// <param name="request">The request.</param>
    /// <param name="error">Why it is refused.</param>
    public readonly bool TryBuild(string accept, out StreamRequest request, out RequestError? error)
    {
        var asEvents = AcceptedFormat.AcceptsEvents(accept);
        request = new StreamRequest
        {
            AsEvents = asEvents,
            Output = new RandomRequest
            {
                Length = _length,
                Type = ElementType.UInt8,
                Size = 1,
                Format = FindFormat(asEvents, accept),
                Conditioning = _raw ? PoolOutput.Raw : _conditioning,
                Fresh = false,
                Timeout = TimeSpan.FromSeconds(FindTimeout()),
                Source = _source,
                Rate = _rate,
            },
        };
        error =
            RandomRules.FindRawContradiction(_raw, _conditioning, _given)
            ?? (asEvents && request.Output.Format == BodyFormat.Bytes ? BytesInEvents() : null)
            ?? RandomRules.FindContradiction(request.Output)
            ?? RandomRules.FindForbidden(request.Output, options);
        return error is null;
    }

    private readonly BodyFormat FindFormat(bool asEvents, string accept) =>
        (_given & GivenFields.Format) != GivenFields.None ? _format
        : asEvents ? BodyFormat.Base64
        : AcceptedFormat.Choose(accept, ofElements: false) == BodyFormat.Hex ? BodyFormat.Hex
        : BodyFormat.Bytes;

    private readonly int FindTimeout() =>
        (_given & GivenFields.Timeout) != GivenFields.None ? _timeout
        : _raw || _conditioning is PoolOutput.Raw or PoolOutput.VonNeumann ? RandomFields.DefaultRawTimeoutSeconds
        : StreamRequest.DefaultLimitedTimeoutSeconds;

    private RequestError? ReadField(scoped ReadOnlySpan<char> name, scoped ReadOnlySpan<char> value) =>
        name switch
        {
            "length" => Mark(GivenFields.Length, "length") ?? ReadLength(value, out _length),
            "raw" => Mark(GivenFields.Raw, "raw") ?? FieldValue.ReadBoolean("raw", value, out _raw),
            "source" => Mark(GivenFields.Source, "source") ?? FieldValue.ReadSelection("source", value, out _source),
            "conditioning" => Mark(GivenFields.Conditioning, "conditioning") ?? FieldValue.ReadConditioning(value, out _conditioning),
            "timeout" => Mark(GivenFields.Timeout, "timeout")
                ?? FieldValue.ReadNumber("timeout", value, 0, RandomFields.MaxTimeoutSeconds, " whole seconds", out _timeout),
            "format" => Mark(GivenFields.Format, "format") ?? ReadFormat(value, out _format),
            "rate" => Mark(GivenFields.Rate, "rate") ?? FieldValue.ReadRate(value, out _rate),
            _ => FieldValue.RefuseUnknown(name, Known),
        };

    private RequestError? Mark(GivenFields field, string name)
    {
        var repeated = (_given & field) != GivenFields.None;
        _given |= field;
        return repeated ? FieldValue.RefuseRepeated(name) : null;
    }

    private static RequestError? ReadLength(ReadOnlySpan<char> value, out long length) =>
        FieldValue.ReadDigits("length", value, out length)
        ?? (
            length is >= 1 and <= StreamRequest.MaxLength
                ? null
                : FieldValue.Refuse("length", $"length must be between 1 and {StreamRequest.MaxLength} bytes, or left out")
        );

    // Elements have a number to come to, and a stream has none.
    private static RequestError? ReadFormat(ReadOnlySpan<char> value, out BodyFormat format) =>
        FieldValue.ReadFormat(value, out format) is null && format is BodyFormat.Bytes or BodyFormat.Hex or BodyFormat.Base64
            ? null
            : FieldValue.Refuse("format", "format must be bytes, hex or base64");

    private static RequestError BytesInEvents() =>
        FieldValue.Refuse("format", "format must be base64 or hex with text/event-stream, which is text");
}
