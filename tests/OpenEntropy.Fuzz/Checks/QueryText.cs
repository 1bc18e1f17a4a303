using System.Globalization;
using System.Text;
using OpenEntropy.Fuzz.Grammar;

namespace OpenEntropy.Fuzz.Checks;

/// <summary>Query strings read by the letter of application/x-www-form-urlencoded, and refused where they are not that.</summary>
internal static class QueryText
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The parameters in their order; null in the place of a name or a value that is no text.</summary>
    /// <param name="query">With or without its question mark.</param>
    /// <param name="longestEscaped">The most characters of what has escapes.</param>
    public static IEnumerable<(string? Name, string? Value)> Read(string query, int longestEscaped)
    {
        foreach (var part in (query.StartsWith('?') ? query[1..] : query).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = part.Split('=', 2);
            yield return (Decode(pair[0], longestEscaped), Decode(pair.Length == 2 ? pair[1] : "", longestEscaped));
        }
    }

    /// <summary>The parameters of a request by name, as its route reads them; null where one is not as it must be.</summary>
    /// <param name="route">The route.</param>
    /// <param name="query">With or without its question mark.</param>
    public static IReadOnlyDictionary<string, string>? Read(Route route, string query)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Read(query, route.LongestEscaped))
        {
            var parameter = name is null ? null : route.Find(name);
            if (name is not null && route.Refuses.Contains(name, StringComparer.Ordinal))
                return null;
            if (route.TakesFirst && (parameter is null || values.ContainsKey(parameter.Name)))
                continue;
            if (parameter is null || value is null || !parameter.Allows(value) || !values.TryAdd(parameter.Name, value))
                return null;
        }

        return values;
    }

    /// <summary>A name or a value without its escapes; null where they are broken or no UTF-8, or where it has some and is too long.</summary>
    /// <param name="text">As it was sent.</param>
    /// <param name="longestEscaped">The most characters of what has escapes.</param>
    public static string? Decode(string text, int longestEscaped = 256)
    {
        if (!text.Contains('%', StringComparison.Ordinal) && !text.Contains('+', StringComparison.Ordinal))
            return text;
        if (text.Length > longestEscaped)
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
