namespace OpenEntropy.Server.Randomness;

/// <summary>The parameters of one request as they are read: which were given, and their values, each valid by itself.</summary>
/// <param name="options">The limits in force.</param>
internal ref partial struct RandomFields(RandomnessOptions options)
{
    /// <summary>The most characters of a name or value that are looked at.</summary>
    public const int LongestText = 256;

    /// <summary>Elements or bytes where <c>length</c> is not given.</summary>
    public const int DefaultLength = 1024;

    /// <summary>The largest <c>size</c>.</summary>
    public const int MaxSize = 1024;

    /// <summary>The longest <c>timeout</c>, seconds.</summary>
    public const int MaxTimeoutSeconds = 30;

    /// <summary>The <c>timeout</c> of raw samples where none is given, seconds; elsewhere it is 0.</summary>
    public const int DefaultRawTimeoutSeconds = 10;

    private const string Known = "length, type, size, raw, source, conditioning, fresh, timeout, format";
    private const int LongestEcho = 64;

    private Given _given;
    private long _length = DefaultLength;
    private ElementType _type = ElementType.Hex16;
    private int _size = 1;
    private bool _raw;
    private PoolOutput _conditioning = PoolOutput.Drbg;
    private string? _source;
    private bool _fresh;
    private int _timeout;
    private BodyFormat _format = BodyFormat.Json;

    [Flags]
    private enum Given
    {
        None = 0,
        Length = 1,
        Type = 2,
        Size = 4,
        Raw = 8,
        Conditioning = 16,
        Source = 32,
        Fresh = 64,
        Timeout = 128,
        Format = 256,
    }

    /// <summary>Reads every parameter; stops at the first that is unknown, repeated or not a value it can have.</summary>
    /// <param name="query">The raw query string.</param>
    public RequestError? Read(ReadOnlySpan<char> query)
    {
        Span<char> nameBuffer = stackalloc char[LongestText];
        Span<char> valueBuffer = stackalloc char[LongestText];
        var reader = new QueryReader(query);
        while (reader.MoveNext())
        {
            if (
                !QueryReader.TryDecode(reader.Name, nameBuffer, out var name)
                || !QueryReader.TryDecode(reader.Value, valueBuffer, out var value)
            )
            {
                return new(400, Field: null, $"the query string must be percent-encoded UTF-8, {LongestText} characters a value at most");
            }

            if (ReadField(name, value) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private RequestError? ReadField(scoped ReadOnlySpan<char> name, scoped ReadOnlySpan<char> value) =>
        name switch
        {
            "length" => Mark(Given.Length, "length") ?? ReadLength(value),
            "type" => Mark(Given.Type, "type") ?? ReadType(value),
            "size" => Mark(Given.Size, "size") ?? ReadNumber("size", value, 1, MaxSize, "", out _size),
            "raw" => Mark(Given.Raw, "raw") ?? ReadBoolean("raw", value, out _raw),
            "source" => Mark(Given.Source, "source") ?? ReadSource(value),
            "conditioning" => Mark(Given.Conditioning, "conditioning") ?? ReadConditioning(value),
            "fresh" => Mark(Given.Fresh, "fresh") ?? ReadBoolean("fresh", value, out _fresh),
            "timeout" => Mark(Given.Timeout, "timeout")
                ?? ReadNumber("timeout", value, 0, MaxTimeoutSeconds, " whole seconds", out _timeout),
            "format" => Mark(Given.Format, "format") ?? ReadFormat(value),
            _ => Unknown(name),
        };

    private RequestError? Mark(Given field, string name)
    {
        var repeated = (_given & field) != Given.None;
        _given |= field;
        return repeated ? Refuse(name, $"{name} must be given once") : null;
    }

    // The range depends on format and Accept, so it is judged once all are read; what is no number at all is out of every range.
    private RequestError? ReadLength(scoped ReadOnlySpan<char> value)
    {
        _length = ParseDigits(value);
        return null;
    }

    private RequestError? ReadType(scoped ReadOnlySpan<char> value)
    {
        (_type, var known) = value switch
        {
            "uint8" => (ElementType.UInt8, true),
            "uint16" => (ElementType.UInt16, true),
            "hex8" => (ElementType.Hex8, true),
            "hex16" => (ElementType.Hex16, true),
            _ => (default, false),
        };
        return known ? null : Refuse("type", "type must be uint8, uint16, hex8 or hex16");
    }

    private RequestError? ReadConditioning(scoped ReadOnlySpan<char> value)
    {
        (_conditioning, var known) = value switch
        {
            "drbg" or "sha256" => (PoolOutput.Drbg, true),
            "limited" => (PoolOutput.Limited, true),
            "raw" => (PoolOutput.Raw, true),
            "vonneumann" => (PoolOutput.VonNeumann, true),
            _ => (default, false),
        };
        return known ? null : Refuse("conditioning", "conditioning must be drbg (or its alias sha256), limited, vonneumann or raw");
    }

    private RequestError? ReadFormat(scoped ReadOnlySpan<char> value)
    {
        (_format, var known) = value switch
        {
            "json" => (BodyFormat.Json, true),
            "bytes" => (BodyFormat.Bytes, true),
            "hex" => (BodyFormat.Hex, true),
            "base64" => (BodyFormat.Base64, true),
            "lines" => (BodyFormat.Lines, true),
            _ => (default, false),
        };
        return known ? null : Refuse("format", "format must be json, bytes, hex, base64 or lines");
    }

    private RequestError? ReadSource(scoped ReadOnlySpan<char> value)
    {
        if (value.IsWhiteSpace() || value.Length > LongestText)
        {
            return Refuse(
                "source",
                $"source must be 1 to {LongestText} characters: names or categories of noise sources, separated by commas"
            );
        }

        _source = value.ToString();
        return null;
    }

    private static RequestError? ReadBoolean(string name, ReadOnlySpan<char> value, out bool result)
    {
        result = value is "true";
        return value is "true" or "false" ? null : Refuse(name, $"{name} must be true or false");
    }

    private static RequestError? ReadNumber(string name, ReadOnlySpan<char> value, int least, int most, string unit, out int result)
    {
        var number = ParseDigits(value);
        result = (int)Math.Clamp(number, least, most);
        return result == number ? null : Refuse(name, $"{name} must be between {least} and {most}{unit}");
    }

    /// <summary>A number of ASCII digits alone: no sign, no space, no fraction. −1 for anything else; what overflows is <see cref="long.MaxValue"/>.</summary>
    private static long ParseDigits(ReadOnlySpan<char> value)
    {
        long number = value.IsEmpty ? -1 : 0;
        foreach (var c in value)
        {
            if (!char.IsAsciiDigit(c))
            {
                return -1;
            }

            number = number > (long.MaxValue - 9) / 10 ? long.MaxValue : (number * 10) + (c - '0');
        }

        return number;
    }

    private static RequestError Unknown(ReadOnlySpan<char> name)
    {
        var echo = name.Length <= LongestEcho ? name : name[..LongestEcho];
        return Refuse(echo.ToString(), $"unknown parameter {echo}: known are {Known}");
    }

    private static RequestError Refuse(string field, string message) => new(400, field, message);
}
