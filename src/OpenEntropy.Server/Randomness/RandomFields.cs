using OpenEntropy.Server.Errors;

namespace OpenEntropy.Server.Randomness;

/// <summary>The parameters of one request as they are read: which were given, and their values, each valid by itself.</summary>
/// <param name="options">The limits in force.</param>
/// <param name="shape">Whose parameters they are.</param>
internal ref struct RandomFields(RandomnessOptions options, AnswerShape shape)
{
    /// <summary>Elements or bytes where <c>length</c> is not given.</summary>
    public const int DefaultLength = 1024;

    /// <summary>The largest <c>size</c>.</summary>
    public const int MaxSize = 1024;

    /// <summary>The longest <c>timeout</c>, seconds.</summary>
    public const int MaxTimeoutSeconds = 30;

    /// <summary>The <c>timeout</c> of raw samples where none is given, seconds; elsewhere it is 0.</summary>
    public const int DefaultRawTimeoutSeconds = 10;

    private const string Known = "length, type, size, raw, source, conditioning, fresh, timeout, format";

    private GivenFields _given;
    private long _length = DefaultLength;
    private ElementType _type = shape == AnswerShape.AnuOlder ? ElementType.Hex8 : ElementType.Hex16;
    private int _size = 1;
    private bool _raw;
    private PoolOutput _conditioning = PoolOutput.Drbg;
    private string? _source;
    private bool _fresh;
    private int _timeout;
    private BodyFormat _format = BodyFormat.Json;

    /// <summary>
    /// Reads every parameter; stops at the first that is unknown, repeated or not a value it can have. In the shapes of other services those
    /// that are unknown or repeated are passed over unread.
    /// </summary>
    /// <param name="query">The raw query string.</param>
    public RequestError? Read(ReadOnlySpan<char> query)
    {
        Span<char> nameBuffer = stackalloc char[FieldValue.LongestText];
        Span<char> valueBuffer = stackalloc char[FieldValue.LongestText];
        var reader = new QueryReader(query);
        while (reader.MoveNext())
        {
            if (shape != AnswerShape.Service && !IsFirstOfDialect(reader.Name, nameBuffer))
            {
                continue;
            }

            if (
                !QueryReader.TryDecode(reader.Name, nameBuffer, out var name)
                || !QueryReader.TryDecode(reader.Value, valueBuffer, out var value)
            )
            {
                return new(
                    400,
                    Field: null,
                    $"the query string must be percent-encoded UTF-8, {FieldValue.LongestText} characters a value at most"
                );
            }

            if (ReadField(name, value) is { } error)
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
    public readonly bool TryBuild(string accept, out RandomRequest request, out RequestError? error)
    {
        var conditioning = _raw ? PoolOutput.Raw : _conditioning;
        var readsRaw = conditioning is PoolOutput.Raw or PoolOutput.VonNeumann;
        var timeout = IsGiven(GivenFields.Timeout) || !readsRaw ? _timeout : DefaultRawTimeoutSeconds;
        request = new RandomRequest
        {
            Length = _length,
            Type = _type,
            Size = _size,
            Format = IsGiven(GivenFields.Format)
                ? _format
                : AcceptedFormat.Choose(accept, ofElements: IsGiven(GivenFields.Type | GivenFields.Size)),
            Conditioning = conditioning,
            Fresh = _fresh,
            Timeout = TimeSpan.FromSeconds(timeout),
            Source = _source,
            Shape = shape,
        };
        error = FindRawContradiction() ?? RandomRules.FindError(in request, _given, options);
        return error is null;
    }

    // The range of length depends on format and Accept, so it is judged once all are read.
    private RequestError? ReadField(scoped ReadOnlySpan<char> name, scoped ReadOnlySpan<char> value) =>
        name switch
        {
            "length" => Mark(GivenFields.Length, "length") ?? FieldValue.ReadDigits("length", value, out _length),
            "type" => Mark(GivenFields.Type, "type") ?? ReadType(value),
            "size" => Mark(GivenFields.Size, "size") ?? FieldValue.ReadNumber("size", value, 1, MaxSize, "", out _size),
            "raw" => Mark(GivenFields.Raw, "raw") ?? FieldValue.ReadBoolean("raw", value, out _raw),
            "source" => Mark(GivenFields.Source, "source") ?? FieldValue.ReadSelection("source", value, out _source),
            "conditioning" => Mark(GivenFields.Conditioning, "conditioning") ?? FieldValue.ReadConditioning(value, out _conditioning),
            "fresh" => Mark(GivenFields.Fresh, "fresh") ?? FieldValue.ReadBoolean("fresh", value, out _fresh),
            "timeout" => Mark(GivenFields.Timeout, "timeout")
                ?? FieldValue.ReadNumber("timeout", value, 0, MaxTimeoutSeconds, " whole seconds", out _timeout),
            "format" => Mark(GivenFields.Format, "format") ?? FieldValue.ReadFormat(value, out _format),
            _ => Unknown(name),
        };

    private RequestError? ReadType(scoped ReadOnlySpan<char> value) =>
        shape == AnswerShape.AnuOlder ? FieldValue.ReadOlderType(value, out _type) : FieldValue.ReadType(value, out _type);

    private readonly bool IsFirstOfDialect(scoped ReadOnlySpan<char> encoded, scoped Span<char> buffer) =>
        QueryReader.TryDecode(encoded, buffer, out var name)
        && name switch
        {
            "length" => !IsGiven(GivenFields.Length),
            "type" => !IsGiven(GivenFields.Type),
            "size" => !IsGiven(GivenFields.Size),
            _ => false,
        };

    private RequestError? Mark(GivenFields field, string name)
    {
        var repeated = (_given & field) != GivenFields.None;
        _given |= field;
        return repeated ? FieldValue.Refuse(name, $"{name} must be given once") : null;
    }

    private readonly RequestError? FindRawContradiction() =>
        IsGiven(GivenFields.Raw) && IsGiven(GivenFields.Conditioning) && _raw != (_conditioning == PoolOutput.Raw)
            ? FieldValue.Refuse("raw", "raw and conditioning must not contradict each other: raw=true is conditioning=raw")
            : null;

    private readonly bool IsGiven(GivenFields fields) => (_given & fields) != GivenFields.None;

    private static RequestError Unknown(ReadOnlySpan<char> name)
    {
        var echo = Echo.Cut(name);
        return FieldValue.Refuse(echo.ToString(), $"unknown parameter '{echo}': known are {Known}");
    }
}
