using System.Globalization;
using System.Text;
using OpenEntropy.Fuzz.Checks;
using OpenEntropy.Fuzz.Grammar;
using OpenEntropy.Fuzz.Http;

namespace OpenEntropy.Server.Tests.Fuzz;

/// <summary>What the fuzz program says of an answer that is right but for what a test makes of it.</summary>
internal static class Judgement
{
    /// <summary>The fault that is found; null for none.</summary>
    /// <param name="route">Whom the request is meant for.</param>
    /// <param name="query">Its query string.</param>
    /// <param name="status">The answer's status.</param>
    /// <param name="body">The body of a 200, or the message of a refusal.</param>
    /// <param name="name">A header to set; null for none.</param>
    /// <param name="value">Its value; null for its absence.</param>
    /// <param name="sent">The body of a POST request; null for none.</param>
    public static string? Of(
        Route route,
        string query,
        int status,
        string body,
        string? name = null,
        string? value = null,
        FuzzBody? sent = null
    )
    {
        var text = status is 200 or 201 ? body : $$"""{"success":false,"message":"{{body}}"}""";
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Cache-Control"] = "no-store",
            ["X-Content-Type-Options"] = "nosniff",
            ["Content-Type"] = "application/json",
            ["Accept-Ranges"] = "none",
        };
        if (!route.IsEndless)
        {
            headers["Content-Length"] = text.Length.ToString(CultureInfo.InvariantCulture);
        }

        if (name is not null)
        {
            headers[name] = value!;
        }

        var request = new FuzzRequest(route, route.Method, route.Path, query.Split('&', StringSplitOptions.RemoveEmptyEntries), [])
        {
            Body = sent,
        };
        return AnswerRules.FindFault(
            request,
            new RawAnswer(status, headers, Encoding.UTF8.GetBytes(text)),
            OpenEntropy.Fuzz.Checks.Limits.Small
        );
    }
}
