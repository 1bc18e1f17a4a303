using System.Text.Json;
using OpenEntropy.Fuzz.Grammar;
using OpenEntropy.Fuzz.Http;

namespace OpenEntropy.Fuzz.Checks;

/// <summary>Whether a 200 of one of the ANU dialects is what was asked for.</summary>
internal static class AnuAnswer
{
    /// <summary>What is wrong; null: nothing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="answer">A 200.</param>
    /// <param name="limits">The limits in force.</param>
    public static string? FindFault(FuzzRequest request, RawAnswer answer, Limits limits)
    {
        if (Asked.Read(request.Route, request.Query, "json", limits, out _) is not { } asked)
            return "a request that does not stand was answered with 200";
        if (answer.Header("Content-Type") != "application/json")
            return $"the type is wrong: {answer.Header("Content-Type")}";
        if (request.IsHead || request.IsEndless)
            return null;
        using var json = JsonDocument.Parse(answer.Body);
        var root = json.RootElement;
        var isOlder = request.Route == RouteTable.OlderAnu;
        if (
            string.Join(' ', root.EnumerateObject().Select(each => each.Name))
            != (isOlder ? "type length size data success" : "success type length data")
        )
            return "the members are not in their order";
        if (root.GetProperty("type").GetString() != (isOlder && asked.Type == "hex8" ? "string" : asked.Type))
            return "the type told is not the one asked for";
        var length = root.GetProperty("length");
        if (length.ToString() != $"{asked.Length}" || length.ValueKind == JsonValueKind.String != (request.Route == RouteTable.NewerAnu))
            return "the length told is not the one asked for";
        return ElementsAnswer.FindDataFault(asked, root.GetProperty("data"));
    }
}
