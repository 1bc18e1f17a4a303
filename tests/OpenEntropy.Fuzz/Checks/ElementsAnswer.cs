using System.Globalization;
using System.Text.Json;

namespace OpenEntropy.Fuzz.Checks;

/// <summary>Whether elements are of the number, the type and the size that were asked for.</summary>
internal static class ElementsAnswer
{
    private static readonly string[] s_first = ["success", "type", "length", "size", "conditioned"];

    /// <summary>What is wrong with the ANU object; null: nothing.</summary>
    /// <param name="asked">The request.</param>
    /// <param name="body">The body.</param>
    public static string? FindJsonFault(Asked asked, byte[] body)
    {
        if (!body.AsSpan().StartsWith("{\"success\":true,"u8))
            return "the object does not begin with success";
        using var json = JsonDocument.Parse(body);
        var root = json.RootElement;
        var names = root.EnumerateObject().Select(member => member.Name).ToList();
        if (
            !names.Take(s_first.Length).SequenceEqual(s_first)
            || names[^1] != "data"
            || names.Distinct(StringComparer.Ordinal).Count() != names.Count
        )
            return "the members are not in their order";
        if (root.GetProperty("type").GetString() != asked.Type || root.GetProperty("size").GetInt32() != asked.Size)
            return "the type or size told is not the one asked for";
        if (root.GetProperty("length").GetInt64() != asked.Length)
            return "the length told is not the one asked for";
        if (root.GetProperty("quality").GetString() != (asked.ReadsRaw ? "raw" : asked.Output))
            return "the quality told is not the one asked for";
        if (names.Contains("receipt", StringComparer.Ordinal) != asked.Receipt)
            return "a receipt is missing, or was not asked for";
        return FindDataFault(asked, root.GetProperty("data"));
    }

    /// <summary>What is wrong with elements; null: nothing.</summary>
    /// <param name="asked">The request.</param>
    /// <param name="data">An array.</param>
    public static string? FindDataFault(Asked asked, JsonElement data)
    {
        if (data.GetArrayLength() != asked.Length)
            return $"the number of elements is wrong: {data.GetArrayLength()}, not {asked.Length}";
        foreach (var element in data.EnumerateArray())
        {
            if (!IsElement(asked, element.ValueKind == JsonValueKind.Number, element.ToString()))
                return $"an element is not of its type: {element}";
        }

        return null;
    }

    /// <summary>What is wrong with lines; null: nothing.</summary>
    /// <param name="asked">The request.</param>
    /// <param name="body">The body.</param>
    public static string? FindLinesFault(Asked asked, string body)
    {
        if (!body.EndsWith('\n'))
            return "the last line has no end";
        var lines = body[..^1].Split('\n');
        if (lines.Length != asked.Length)
            return $"the number of lines is wrong: {lines.Length}, not {asked.Length}";
        return lines.FirstOrDefault(line => !IsElement(asked, asked.Type is "uint8" or "uint16", line)) is { } wrong
            ? $"a line is not of its type: {wrong}"
            : null;
    }

    private static bool IsElement(Asked asked, bool isNumber, string text) =>
        asked.Type switch
        {
            "uint8" => isNumber && IsPlain(text) && byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _),
            "uint16" => isNumber && IsPlain(text) && ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _),
            _ => !isNumber && text.Length == 2 * asked.ElementBytes && text.All(char.IsAsciiHexDigitLower),
        };

    private static bool IsPlain(string number) => number == "0" || !number.StartsWith('0');
}
