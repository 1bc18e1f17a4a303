using System.Text.Json;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Values;

/// <summary>The items that are shuffled or chosen from: a comma-separated parameter, or a JSON array of strings as a body.</summary>
internal static class ItemList
{
    /// <summary>The most items.</summary>
    public const int Most = 10_000;

    /// <summary>The most characters of an item, Unicode code points.</summary>
    public const int LongestItem = 256;

    private static readonly string s_range = $"between 1 and {Most} items of 1 to {LongestItem} characters";

    /// <summary>The parameter.</summary>
    public static ValueField Field { get; } =
        new(
            "items",
            "string",
            $"The items, {s_range}, separated by commas; equal ones count as often as they stand there. POST takes a JSON array of strings instead."
        )
        {
            Least = 1,
            Required = true,
            Example = "\"red,green,blue\"",
        };

    /// <summary>Reads the items, of the parameter or of the body.</summary>
    /// <param name="given">The parameters.</param>
    /// <param name="items">The items.</param>
    /// <returns>Null when they stand.</returns>
    public static RequestError? Read(GivenValues given, out IReadOnlyList<string> items)
    {
        items = [];
        if (given.Body is { } body)
        {
            items = body;
        }
        else if (given.Find(Field.Name) is { } list)
        {
            items = list.Split(',');
        }
        else
        {
            return FieldValue.Refuse(Field.Name, $"items must be given: {s_range}, separated by commas");
        }

        return items.Count is >= 1 and <= Most && items.All(HasLength) ? null : FieldValue.Refuse(Field.Name, $"items must be {s_range}");
    }

    /// <summary>The parameter in whose text a line break stands; null where there is none.</summary>
    /// <param name="items">The items.</param>
    public static string? FindLineBreak(IReadOnlyList<string> items) =>
        items.Any(item => item.AsSpan().ContainsAny('\n', '\r')) ? Field.Name : null;

    /// <summary>Reads a body.</summary>
    /// <param name="request">A POST request.</param>
    /// <returns>The items, or why there are none.</returns>
    public static async Task<(IReadOnlyList<string>? Items, RequestError? Error)> ReadBodyAsync(HttpRequest request)
    {
        if (!JsonBodyType.IsNamedBy(request))
        {
            return (null, new RequestError(StatusCodes.Status415UnsupportedMediaType, Field.Name, JsonBodyType.Refusal));
        }

        try
        {
            using var json = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            return json.RootElement.ValueKind == JsonValueKind.Array && json.RootElement.GetArrayLength() <= Most
                ? ([.. json.RootElement.EnumerateArray().Select(item => item.GetString() ?? "")], null)
                : (null, NoArray());
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, an item that is no string, or a string that is no valid Unicode.
            return (null, NoArray());
        }
    }

    // A code point takes one or two units of UTF-16.
    private static bool HasLength(string item) =>
        item.Length is >= 1 and <= 2 * LongestItem && (item.Length <= LongestItem || item.EnumerateRunes().Count() <= LongestItem);

    private static RequestError NoArray() => FieldValue.Refuse(Field.Name, $"the body must be a JSON array of strings, {s_range}");
}
