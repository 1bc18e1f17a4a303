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

    private const string Known = "length, type, size, raw, source, conditioning, fresh, timeout, format, receipt, rate";

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
    private bool _receipt;
    private long _rate;

    /// <summary>
    /// Reads every parameter; stops at the first that is unknown, repeated or not a value it can have. In the shapes of other services those
    /// that are unknown or repeated are passed over unread; but what the service's own route takes is refused there by its name, since whoever
    /// wrote it wants something that these cannot give.
    /// </summary>
    /// <param name="query">The raw query string.</param>
    public RequestError? Read(ReadOnlySpan<char> query)
    {
        Span<char> nameBuffer = stackalloc char[FieldValue.LongestText];
        Span<char> valueBuffer = stackalloc char[FieldValue.LongestText];
        var reader = new QueryReader(query);
        while (reader.MoveNext())
        {
            if (shape != AnswerShape.Service && !IsFirstOfDialect(reader.Name, nameBuffer, out var refused))
            {
                if (refused is not null)
                {
                    return refused;
                }

                continue;
            }

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
    public readonly bool TryBuild(string accept, out RandomRequest request, out RequestError? error)
    {
        var conditioning = _raw ? PoolOutput.Raw : _conditioning;
        var readsRaw = conditioning is PoolOutput.Raw or PoolOutput.VonNeumann;
        var timeout = IsGiven(GivenFields.Timeout) || !readsRaw ? _timeout : DefaultRawTimeoutSeconds;
        var format = IsGiven(GivenFields.Format)
            ? _format
            : AcceptedFormat.Choose(accept, ofElements: IsGiven(GivenFields.Type | GivenFields.Size));
        request = new RandomRequest
        {
            Length = _length,
            Type = _type,
            Size = _size,
            Format = format,
            Conditioning = conditioning,
            Fresh = _fresh,
            Timeout = TimeSpan.FromSeconds(timeout),
            Source = _source,
            Shape = shape,
            Receipt = _receipt || format == BodyFormat.Jose,
            Rate = _rate,
        };
        error =
            RandomRules.FindRawContradiction(_raw, _conditioning, _given)
            ?? FindReceiptContradiction(format)
            ?? RandomRules.FindError(in request, _given, options);
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
            "receipt" => Mark(GivenFields.Receipt, "receipt") ?? FieldValue.ReadBoolean("receipt", value, out _receipt),
            "rate" => Mark(GivenFields.Rate, "rate") ?? FieldValue.ReadRate(value, out _rate),
            _ => FieldValue.RefuseUnknown(name, Known),
        };

    private RequestError? ReadType(scoped ReadOnlySpan<char> value) =>
        shape == AnswerShape.AnuOlder ? FieldValue.ReadOlderType(value, out _type) : FieldValue.ReadType(value, out _type);

    private readonly bool IsFirstOfDialect(scoped ReadOnlySpan<char> encoded, scoped Span<char> buffer, out RequestError? refused)
    {
        refused = null;
        if (!QueryReader.TryDecode(encoded, buffer, out var name))
        {
            return false;
        }

        switch (name)
        {
            case "length":
                return !IsGiven(GivenFields.Length);
            case "type":
                return !IsGiven(GivenFields.Type);
            case "size":
                return !IsGiven(GivenFields.Size);
            case "raw" or "source" or "conditioning" or "fresh" or "timeout" or "format" or "receipt" or "rate":
                refused = FieldValue.RefuseInDialect(name);
                return false;
            default:
                return false;
        }
    }

    private RequestError? Mark(GivenFields field, string name)
    {
        var repeated = (_given & field) != GivenFields.None;
        _given |= field;
        return repeated ? FieldValue.RefuseRepeated(name) : null;
    }

    private readonly RequestError? FindReceiptContradiction(BodyFormat format) =>
        _receipt && format is not (BodyFormat.Json or BodyFormat.Jose)
            ? FieldValue.Refuse("receipt", "receipt must be false unless the body is JSON: only there is a place for it")
        : IsGiven(GivenFields.Receipt) && !_receipt && format == BodyFormat.Jose
            ? FieldValue.Refuse("receipt", "receipt must be true or left out with application/jose+json, which is a receipt")
        : null;

    private readonly bool IsGiven(GivenFields fields) => (_given & fields) != GivenFields.None;
}
