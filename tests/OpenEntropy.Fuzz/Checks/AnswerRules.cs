using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenEntropy.Fuzz.Grammar;
using OpenEntropy.Fuzz.Http;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Fuzz.Checks;

/// <summary>What holds for every answer of the service.</summary>
internal static class AnswerRules
{
    private const int LongestRefusal = 1000;

    /// <summary>What is wrong, up to a colon the same for all answers with this fault; null: nothing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="answer">Its answer.</param>
    /// <param name="limits">The limits in force.</param>
    public static string? FindFault(FuzzRequest request, RawAnswer answer, Limits limits)
    {
        if (request.IsForTheWebServer && answer is { Status: 400 or 414 or 505, Body.Length: 0, Closes: true })
            return null;
        if (answer.Closes && !(request.MayBeCutOff && answer.Status == 413))
            return "the connection is closed";
        if (answer.Header("Cache-Control") != "no-store" || answer.Header("X-Content-Type-Options") != "nosniff")
            return "it may be stored or sniffed";
        if (answer.Header("Content-Encoding") is not null || answer.Header("Content-Range") is not null)
            return "it is compressed, or a part";
        try
        {
            return FindFaultByStatus(request, answer, limits);
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return $"the body is not what it says: {exception.Message}";
        }
    }

    private static string? FindFaultByStatus(FuzzRequest request, RawAnswer answer, Limits limits) =>
        answer.Status switch
        {
            200 when request.Route == RouteTable.NewerAnu && !AsksForNumbers(request) => answer.Header("Content-Type")
            == "text/html; charset=utf-8"
                ? null
                : "it is not the page",
            var success when request.Route.Successes.Contains(success) => FindAcceptanceFault(request)
                ?? request.Route.Check?.Invoke(request, answer, limits),
            400 or 403 => FindRefusalFault(request, answer) ?? FindWrongRefusal(request, answer, limits),
            404 when request.Route.Path.Contains('{', StringComparison.Ordinal) => FindRefusalFault(request, answer),
            503 => !request.MayLackEntropy && !LacksMemory(answer, limits) ? "there is nothing that this could lack: 503"
            : IsWhole(answer.Header("Retry-After")) ? null
            : "503 does not say when to ask again",
            429 when request.Route.RefusalStatuses.Contains(429) => IsWhole(answer.Header("Retry-After"))
                ? null
                : "429 does not say when to ask again",
            var refusal when request.Route.RefusalStatuses.Contains(refusal) => FindRefusalFault(request, answer),
            _ => $"the status is {answer.Status}",
        };

    private static bool LacksMemory(RawAnswer answer, Limits limits) =>
        limits.MaxJsonBytes > AnswerMemory.Free && (Says(answer, AnswerMemory.Refusal) || Says(answer, AnswerMemory.ShareRefusal));

    private static bool Says(RawAnswer answer, string sentence) => answer.Body.AsSpan().IndexOf(Encoding.ASCII.GetBytes(sentence)) >= 0;

    private static string? FindAcceptanceFault(FuzzRequest request) =>
        (request.Route.IsStrict || request.Route.TakesFirst) && QueryText.Read(request.Route, request.Query) is null
            ? "what the route does not take was accepted"
            : null;

    private static string? FindRefusalFault(FuzzRequest request, RawAnswer answer)
    {
        if (request.IsHead)
            return null;
        if (answer.Body.Length > LongestRefusal)
            return "a refusal is very long";
        using var json = JsonDocument.Parse(answer.Body);
        var isProblem = answer.Header("Content-Type") == "application/problem+json";
        var message = json.RootElement.GetProperty(isProblem ? "detail" : "message").GetString()!;
        if (!isProblem && !answer.Body.AsSpan().StartsWith("{\"success\":false,\"message\":\""u8))
            return "a refusal has another form";
        return RefusalNames.Any(request, message) ? null : $"a refusal names nothing of the request or the route: {message}";
    }

    // The other direction: what stands is not to be refused. Of those the pool can refuse what it does not have.
    private static string? FindWrongRefusal(FuzzRequest request, RawAnswer answer, Limits limits)
    {
        if (!IsRead(request) || request.IsForTheWebServer)
            return null;
        var asked = Asked.Read(request.Route, request.Query, "json", limits, out var status);
        return asked is null
            ? status == answer.Status
                ? null
                : $"a refusal is {answer.Status}, not {status}"
            : asked.ReadsRaw || asked.Fresh || asked.Output == "limited" || (request.NamesItsPage && (asked.Receipt || asked.LastsLong))
                ? null
                : "a request that stands was refused";
    }

    // Whether a second reading of it is here. Accept says nothing in the dialects.
    private static bool IsRead(FuzzRequest request) =>
        request.Route == RouteTable.Random ? request.Accept.Length == 0 : request.Route.TakesFirst;

    private static bool AsksForNumbers(FuzzRequest request) =>
        QueryText.Read(request.Query, request.Route.LongestEscaped).Any(each => each.Name is "length" or "type");

    private static bool IsWhole(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds >= 1;
}
