using System.Text.Json;

namespace OpenEntropy.Pqc.Bundles;

/// <summary>
/// Where a JSON value differs first from another, as a JSON pointer (RFC 6901); null where it does not. White space, the order of members, how a number
/// is written and escapes do not count, as programs that pass JSON on write them anew; letters that are merely of the other case (1E5, \u00AD) do
/// count, so that no byte can be altered without a trace. It takes time in proportion to the two.
/// </summary>
internal static class JsonDifference
{
    // Decimals of so many digits are each a binary64 of their own (IEEE 754-2019, 5.12.2): who writes the same binary64 anew has written the same decimal.
    private const int ExactDigits = 15;
    private const double ExactBelow = 1L << 53;

    /// <summary>Compares.</summary>
    /// <param name="first">What it must say; an object has no name twice.</param>
    /// <param name="second">What says it again, as deep as the reader allows.</param>
    public static string? Find(JsonElement first, JsonElement second)
    {
        if (first.ValueKind != second.ValueKind)
            return "";
        return first.ValueKind switch
        {
            JsonValueKind.Object => InObjects(first, second),
            JsonValueKind.Array => InArrays(first, second),
            JsonValueKind.String => IsSame(first, second, JsonElement.DeepEquals) ? null : "",
            JsonValueKind.Number => IsSame(first, second, IsSameNumber) ? null : "",
            _ => null, // true, false and null are all that their kind says
        };
    }

    private static string? InObjects(JsonElement first, JsonElement second)
    {
        // Looked up by a table: asked for a name, an element goes through all of its members.
        var others = second.EnumerateObject().ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
        foreach (var member in first.EnumerateObject())
        {
            var difference = others.Remove(member.Name, out var other) ? Find(member.Value, other) : "";
            if (difference is not null)
                return $"/{Escape(member.Name)}{difference}";
        }

        return others.Count == 0 ? null : $"/{Escape(others.Keys.First())}";
    }

    private static string? InArrays(JsonElement first, JsonElement second)
    {
        if (first.GetArrayLength() != second.GetArrayLength())
            return "";

        // In step: asked for an index, an element goes through all before it.
        var index = 0;
        foreach (var (item, other) in first.EnumerateArray().Zip(second.EnumerateArray()))
        {
            if (Find(item, other) is { } difference)
                return $"/{index}{difference}";
            index++;
        }

        return null;
    }

    private static bool IsSame(JsonElement first, JsonElement second, Func<JsonElement, JsonElement, bool> meansTheSame)
    {
        var (text, other) = (first.GetRawText(), second.GetRawText());
        return text == other || (!text.Equals(other, StringComparison.OrdinalIgnoreCase) && meansTheSame(first, second));
    }

    // Integers that binary64 does not hold exactly, and more digits than it does, must be written alike.
    private static bool IsSameNumber(JsonElement first, JsonElement second) =>
        IsExact(first.GetRawText())
        && first.TryGetDouble(out var value)
        && second.TryGetDouble(out var other)
        && BitConverter.DoubleToInt64Bits(value) == BitConverter.DoubleToInt64Bits(other)
        && Math.Abs(value) < ExactBelow;

    // An integer, of which the bound is the other condition; or of few digits before the exponent, zeros in front not counted.
    private static bool IsExact(string number) =>
        !number.AsSpan().ContainsAny(".eE") || number.Split('e', 'E')[0].TrimStart('-', '0', '.').Count(char.IsAsciiDigit) <= ExactDigits;

    private static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
