using System.Globalization;
using System.Text.RegularExpressions;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Values;

/// <summary>The parameters of one request, decoded, each known to the route and given once. What a value cannot be is refused, never repaired.</summary>
internal sealed partial class GivenValues
{
    /// <summary>The most characters of the longest parameters, which the web server's limit on a URL undercuts.</summary>
    private const int LongestValue = 65_536;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private GivenValues() { }

    /// <summary>The items of a request's body; null where it has none.</summary>
    public IReadOnlyList<string>? Body { get; init; }

    /// <summary>Reads a query string.</summary>
    /// <param name="query">As received, still percent-encoded.</param>
    /// <param name="known">The parameters that the route takes.</param>
    /// <param name="body">The items of the body; null where there is none.</param>
    /// <param name="given">The parameters.</param>
    /// <returns>Null when all are known, given once and well encoded.</returns>
    public static RequestError? Read(
        ReadOnlySpan<char> query,
        IReadOnlyList<ValueField> known,
        IReadOnlyList<string>? body,
        out GivenValues given
    )
    {
        given = new GivenValues { Body = body };
        var reader = new QueryReader(query);
        while (reader.MoveNext())
        {
            if (given.Add(reader, known) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    /// <summary>The value of a parameter; null where it is not given.</summary>
    /// <param name="name">Its name.</param>
    public string? Find(string name) => _values.GetValueOrDefault(name);

    /// <summary>Reads a whole number; where the parameter is not given, the result is the least.</summary>
    public RequestError? ReadNumber(string name, long least, long most, out long result)
    {
        result = least;
        return Find(name) is { } value ? ReadInteger(name, value, least, most, out result) : null;
    }

    /// <summary>Reads a whole number that must be given.</summary>
    public RequestError? ReadRequired(string name, long least, long most, out long result)
    {
        result = least;
        return Find(name) is { } value
            ? ReadInteger(name, value, least, most, out result)
            : FieldValue.Refuse(name, $"{name} must be given: a whole number between {least} and {most}");
    }

    /// <summary>Reads a decimal number; the result stays as it is where the parameter is not given.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="least">The least value.</param>
    /// <param name="open">Whether the least is itself too small.</param>
    /// <param name="most">The greatest value.</param>
    /// <param name="result">The number's text, which is also its JSON.</param>
    public RequestError? ReadDecimal(string name, double least, bool open, double most, ref string result)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        result = value;
        return
            DecimalForm().IsMatch(value)
            && double.Parse(value, CultureInfo.InvariantCulture) is var number
            && number <= most
            && (open ? number > least : number >= least)
            ? null
            : FieldValue.Refuse(
                name,
                $"{name} must be a plain decimal number {(open ? "above" : "from")} {least} {(open ? "and at most" : "to")} {most}, with at most 15 digits on either side of the point"
            );
    }

    /// <summary>Reads <c>true</c> or <c>false</c>, which is what is not given.</summary>
    public RequestError? ReadFlag(string name, out bool result)
    {
        result = false;
        return Find(name) is { } value ? FieldValue.ReadBoolean(name, value, out result) : null;
    }

    /// <summary>Reads one of two words; the result says whether it is the second and stays as it is where none is given.</summary>
    public RequestError? ReadChoice(string name, string first, string second, ref bool isSecond)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        isSecond = value == second;
        return value == first || value == second ? null : FieldValue.Refuse(name, $"{name} must be {first} or {second}");
    }

    /// <summary>Reads a whole number: no sign but minus, no leading zeros, no fraction.</summary>
    public static RequestError? ReadInteger(string name, string value, long least, long most, out long result)
    {
        result = least;
        return
            IntegerForm().IsMatch(value)
            && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out result)
            && result >= least
            && result <= most
            ? null
            : FieldValue.Refuse(name, $"{name} must be a plain whole number between {least} and {most}");
    }

    private RequestError? Add(QueryReader reader, IReadOnlyList<ValueField> known) =>
        Decode(reader.Name) is not { } name ? FieldValue.RefuseName(reader.Name)
        : Decode(reader.Value) is not { } value ? FieldValue.RefuseEncoding(name, LongestValue)
        : !known.Any(field => field.Name == name) ? FieldValue.RefuseUnknown(name, string.Join(", ", known.Select(field => field.Name)))
        : !_values.TryAdd(name, value) ? FieldValue.RefuseRepeated(name)
        : null;

    private static string? Decode(ReadOnlySpan<char> encoded)
    {
        if (encoded.IndexOfAny('%', '+') < 0)
        {
            return encoded.ToString();
        }

        return
            encoded.Length <= LongestValue
            && QueryReader.TryDecode(encoded, new byte[3 * encoded.Length], new char[encoded.Length], out var decoded)
            ? decoded.ToString()
            : null;
    }

    [GeneratedRegex(@"\A(?:0|-?[1-9][0-9]{0,18})\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IntegerForm();

    [GeneratedRegex(@"\A-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DecimalForm();
}
