using System.Globalization;
using System.Text;

namespace OpenEntropy.Fuzz.Checks;

/// <summary>Query strings read by the letter of application/x-www-form-urlencoded, and refused where they are not that.</summary>
internal static class QueryText
{
    private const int LongestEscaped = 256;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The parameters in their order; null where a name or a value is no text.</summary>
    /// <param name="query">With or without its question mark.</param>
    public static IReadOnlyList<(string Name, string Value)>? Read(string query)
    {
        var parameters = new List<(string, string)>();
        foreach (var part in (query.StartsWith('?') ? query[1..] : query).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = part.Split('=', 2);
            if (Decode(pair[0]) is not { } name || Decode(pair.Length == 2 ? pair[1] : "") is not { } value)
                return null;
            parameters.Add((name, value));
        }

        return parameters;
    }

    /// <summary>A name or a value without its escapes; null where they are broken or no UTF-8, or where it has some and is too long.</summary>
    /// <param name="text">As it was sent.</param>
    public static string? Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal) && !text.Contains('+', StringComparison.Ordinal))
            return text;
        if (text.Length > LongestEscaped)
            return null;
        try
        {
            var bytes = new List<byte>();
            for (var i = 0; i < text.Length; i++)
            {
                if (text[i] != '%')
                {
                    bytes.AddRange(s_strict.GetBytes(text[i] == '+' ? " " : text[i].ToString()));
                    continue;
                }

                var digits = text.AsSpan(i + 1, Math.Min(2, text.Length - i - 1));
                if (
                    digits.Length < 2
                    || !byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
                )
                    return null;
                bytes.Add(value);
                i += 2;
            }

            return s_strict.GetString([.. bytes]);
        }
        catch (ArgumentException)
        {
            return null; // no UTF-8, or half a character
        }
    }
}
