using OpenEntropy.Server.Errors;

namespace OpenEntropy.Server.Randomness;

/// <summary>The values single parameters can have. What is none of them is refused with the parameter's name and its range, never repaired.</summary>
internal static class FieldValue
{
    /// <summary>The most characters of a name or value that are looked at.</summary>
    public const int LongestText = 256;

    /// <summary>A refusal of a parameter.</summary>
    /// <param name="field">Its name.</param>
    /// <param name="message">One sentence.</param>
    public static RequestError Refuse(string field, string message) => new(StatusCodes.Status400BadRequest, field, message);

    /// <summary>The refusal of a value that is no text.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="most">The most characters of a value with escapes.</param>
    public static RequestError RefuseEncoding(ReadOnlySpan<char> name, int most = LongestText)
    {
        var echo = Echo.Cut(name).ToString();
        return Refuse(echo, $"the value of '{echo}' must be percent-encoded UTF-8, {most} characters at most");
    }

    /// <summary>The refusal of a name that is no text.</summary>
    /// <param name="encoded">The name as it was sent.</param>
    public static RequestError RefuseName(ReadOnlySpan<char> encoded)
    {
        var echo = Echo.Cut(encoded).ToString();
        return Refuse(echo, $"the parameter name '{echo}' must be percent-encoded UTF-8, {LongestText} characters at most");
    }

    /// <summary>The refusal of one of the service's own parameters where the API of another service is spoken.</summary>
    /// <param name="name">The parameter.</param>
    public static RequestError RefuseInDialect(ReadOnlySpan<char> name) =>
        Refuse(
            name.ToString(),
            $"{name} must be left out here, where the API of another service is spoken: /api/v1/random, without a slash at its end, takes it"
        );

    /// <summary>The refusal of a parameter that a route does not take.</summary>
    /// <param name="name">The name.</param>
    /// <param name="known">What it takes.</param>
    public static RequestError RefuseUnknown(ReadOnlySpan<char> name, string known)
    {
        var echo = Echo.Cut(name).ToString();
        return Refuse(echo, $"unknown parameter '{echo}': known are {known}");
    }

    /// <summary>The refusal of a parameter that was given before.</summary>
    /// <param name="name">The parameter.</param>
    public static RequestError RefuseRepeated(string name) => Refuse(name, $"{name} must be given once");

    /// <summary>Reads <c>true</c> or <c>false</c>.</summary>
    public static RequestError? ReadBoolean(string name, ReadOnlySpan<char> value, out bool result)
    {
        result = value is "true";
        return value is "true" or "false" ? null : Refuse(name, $"{name} must be true or false");
    }

    /// <summary>Reads a whole number of a fixed range.</summary>
    public static RequestError? ReadNumber(string name, ReadOnlySpan<char> value, int least, int most, string unit, out int result)
    {
        var error = ReadDigits(name, value, out var number);
        result = (int)Math.Clamp(number, least, most);
        return error ?? (result == number ? null : Refuse(name, $"{name} must be between {least} and {most}{unit}"));
    }

    /// <summary>Reads a rate.</summary>
    public static RequestError? ReadRate(ReadOnlySpan<char> value, out long rate) =>
        ReadDigits("rate", value, out rate)
        ?? (
            rate is >= RatePace.Lowest and <= RatePace.Highest
                ? null
                : Refuse("rate", $"rate must be between {RatePace.Lowest} and {RatePace.Highest} bytes per second")
        );

    /// <summary>
    /// Reads a number of ASCII digits alone: no sign, no space, no fraction; −1 for anything else, and <see cref="long.MaxValue"/> for what
    /// overflows, so that both are out of every range. Leading zeros are refused: some languages read such a number as octal.
    /// </summary>
    public static RequestError? ReadDigits(string name, ReadOnlySpan<char> value, out long number)
    {
        number = value.IsEmpty ? -1 : 0;
        foreach (var c in value)
        {
            if (!char.IsAsciiDigit(c))
            {
                number = -1;
                return null;
            }

            number = number > (long.MaxValue - 9) / 10 ? long.MaxValue : (number * 10) + (c - '0');
        }

        return value is ['0', _, ..] ? Refuse(name, $"{name} must be a plain decimal number, without leading zeros") : null;
    }

    /// <summary>Reads an element type.</summary>
    public static RequestError? ReadType(ReadOnlySpan<char> value, out ElementType type)
    {
        (type, var known) = value switch
        {
            "uint8" => (ElementType.UInt8, true),
            "uint16" => (ElementType.UInt16, true),
            "hex8" => (ElementType.Hex8, true),
            "hex16" => (ElementType.Hex16, true),
            _ => (default, false),
        };
        return known ? null : Refuse("type", "type must be uint8, uint16, hex8 or hex16");
    }

    /// <summary>Reads an element type of the older ANU API, where a block of <c>hex16</c> is counted in bytes.</summary>
    public static RequestError? ReadOlderType(ReadOnlySpan<char> value, out ElementType type)
    {
        (type, var known) = value switch
        {
            "uint8" => (ElementType.UInt8, true),
            "uint16" => (ElementType.UInt16, true),
            "hex16" => (ElementType.Hex8, true),
            _ => (default, false),
        };
        return known ? null : Refuse("type", "type must be uint8, uint16 or hex16");
    }

    /// <summary>Reads the pool's output.</summary>
    public static RequestError? ReadConditioning(ReadOnlySpan<char> value, out PoolOutput conditioning)
    {
        (conditioning, var known) = value switch
        {
            "drbg" or "sha256" => (PoolOutput.Drbg, true),
            "limited" => (PoolOutput.Limited, true),
            "raw" => (PoolOutput.Raw, true),
            "vonneumann" => (PoolOutput.VonNeumann, true),
            _ => (default, false),
        };
        return known ? null : Refuse("conditioning", "conditioning must be drbg (or its alias sha256), limited, vonneumann or raw");
    }

    /// <summary>Reads the body's form.</summary>
    public static RequestError? ReadFormat(ReadOnlySpan<char> value, out BodyFormat format)
    {
        (format, var known) = value switch
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

    /// <summary>Reads a selection of noise sources; whether they exist, the pool knows. Names are lower case here as in <c>/sources/{name}</c>.</summary>
    public static RequestError? ReadSelection(string name, ReadOnlySpan<char> value, out string? source)
    {
        source = null;
        var wellFormed = value.Length <= LongestText;
        foreach (var item in value.Split(','))
        {
            wellFormed &= !value[item].IsEmpty;
        }

        foreach (var c in value)
        {
            wellFormed &= !char.IsUpper(c) && !char.IsWhiteSpace(c);
        }

        source = wellFormed ? value.ToString() : null;
        return wellFormed
            ? null
            : Refuse(
                name,
                $"{name} must be 1 to {LongestText} lower-case characters without white space: names, categories or globs of noise sources, none empty, separated by commas"
            );
    }
}
