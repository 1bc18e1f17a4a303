using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using OpenEntropy.Fuzz.Grammar;
using OpenEntropy.Fuzz.Http;

namespace OpenEntropy.Fuzz.Checks;

/// <summary>Whether a 200 of a route of values is what was asked for.</summary>
internal static class ValueAnswer
{
    /// <summary>What is wrong; null: nothing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="answer">A 200.</param>
    /// <param name="limits">The limits in force.</param>
    public static string? FindFault(FuzzRequest request, RawAnswer answer, Limits limits)
    {
        var given = QueryText.Read(request.Route, request.Query)!;
        var lines = answer.Header("Content-Type") == "text/plain; charset=utf-8";
        if (lines != (given.GetValueOrDefault("format", lines ? "lines" : "json") == "lines"))
            return "the body has another format";
        if (!lines && answer.Header("Content-Type") != "application/json")
            return $"the type is wrong: {answer.Header("Content-Type")}";
        var kind = request.Route.Path.Split('/')[^1];
        var takesItems = kind is "shuffle" or "choice";
        var items = takesItems ? BodyText.Items(request, given) : [];
        if (items is null)
            return "items that do not stand were accepted";
        var count = int.Parse(given.GetValueOrDefault("count", $"{(kind == "shuffle" ? items.Count : 1)}"), CultureInfo.InvariantCulture);
        if (count > limits.MaxLength || IsContradictory(given, items, kind, lines, count))
            return "a request that does not stand was answered with 200";
        return request.IsHead ? null
            : lines ? FindLinesFault(answer.Body, count)
            : FindJsonFault(answer.Body, kind, count, given);
    }

    private static bool IsContradictory(
        IReadOnlyDictionary<string, string> given,
        IReadOnlyList<string> items,
        string kind,
        bool lines,
        int count
    ) =>
        (given.GetValueOrDefault("fresh") == "true" && given.GetValueOrDefault("conditioning") == "limited")
        || (given.GetValueOrDefault("proof") == "true" && lines)
        || (lines && given.Values.Concat(items).Any(value => value.AsSpan().ContainsAny('\n', '\r')))
        || kind switch
        {
            "integers" => RangeOf(given) < 1,
            "sequence" => RangeOf(given) < count,
            "shuffle" => items.Count < count,
            "choice" => given.TryGetValue("weights", out var weights)
                && (
                    weights.Split(',').Length != items.Count
                    || weights.Split(',').Any(each => long.Parse(each, CultureInfo.InvariantCulture) > 1_000_000_000)
                ),
            _ => false,
        };

    // 0 where one of the two is missing.
    private static BigInteger RangeOf(IReadOnlyDictionary<string, string> given) =>
        given.TryGetValue("min", out var min) && given.TryGetValue("max", out var max)
            ? BigInteger.Parse(max, CultureInfo.InvariantCulture) - BigInteger.Parse(min, CultureInfo.InvariantCulture) + 1
            : 0;

    private static string? FindLinesFault(byte[] body, int count) =>
        Encoding.UTF8.GetString(body).Count(c => c == '\n') == count && body[^1] == '\n' ? null : "the number of lines is wrong";

    private static string? FindJsonFault(byte[] body, string kind, int count, IReadOnlyDictionary<string, string> given)
    {
        using var json = JsonDocument.Parse(body);
        var root = json.RootElement;
        if (root.GetProperty("type").GetString() != kind || root.EnumerateObject().Last().Name != "data")
            return "the object is another";
        if (root.GetProperty("count").GetInt32() != count || root.GetProperty("data").GetArrayLength() != count)
            return $"the number of elements is wrong: {root.GetProperty("data").GetArrayLength()}, not {count}";
        if (root.GetProperty("quality").GetString() != given.GetValueOrDefault("conditioning", "drbg"))
            return "the quality told is not the one asked for";
        return root.TryGetProperty("proof", out _) == (given.GetValueOrDefault("proof") == "true")
            ? null
            : "a proof is missing, or was not asked for";
    }
}
