using System.Text.Json;

namespace OpenEntropy.Pqc.Bundles;

/// <summary>Where two JSON values differ first, as a JSON pointer (RFC 6901); null where they do not. White space, the order of members and how a number is
/// written do not count: programs that pass JSON on write it anew.</summary>
internal static class JsonDifference
{
    private const double ExactBelow = 1L << 53;

    /// <summary>Compares.</summary>
    /// <param name="first">A value.</param>
    /// <param name="second">Another, as deep as the reader allows.</param>
    public static string? Find(JsonElement first, JsonElement second)
    {
        if (first.ValueKind != second.ValueKind)
            return "";
        return first.ValueKind switch
        {
            JsonValueKind.Object => InObjects(first, second),
            JsonValueKind.Array => InArrays(first, second),
            JsonValueKind.String => JsonElement.DeepEquals(first, second) ? null : "",
            JsonValueKind.Number => IsSameNumber(first, second) ? null : "",
            _ => null, // true, false and null are all that their kind says
        };
    }

    private static string? InObjects(JsonElement first, JsonElement second)
    {
        foreach (var member in first.EnumerateObject())
        {
            var difference = second.TryGetProperty(member.Name, out var other) ? Find(member.Value, other) : "";
            if (difference is not null)
                return $"/{Escape(member.Name)}{difference}";
        }

        foreach (var member in second.EnumerateObject())
        {
            if (!first.TryGetProperty(member.Name, out _))
                return $"/{Escape(member.Name)}";
        }

        return null;
    }

    private static string? InArrays(JsonElement first, JsonElement second)
    {
        if (first.GetArrayLength() != second.GetArrayLength())
            return "";
        for (var i = 0; i < first.GetArrayLength(); i++)
        {
            if (Find(first[i], second[i]) is { } difference)
                return $"/{i}{difference}";
        }

        return null;
    }

    // As binary64, which is what most readers make of a number; integers that it cannot hold exactly must be written alike.
    private static bool IsSameNumber(JsonElement first, JsonElement second) =>
        first.GetRawText() == second.GetRawText()
        || (first.TryGetDouble(out var value) && second.TryGetDouble(out var other) && value.Equals(other) && Math.Abs(value) < ExactBelow);

    private static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
