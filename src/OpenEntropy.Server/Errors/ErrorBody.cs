using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace OpenEntropy.Server.Errors;

/// <summary>
/// The body of every refusal: <c>{"success":false,"message":…}</c>, or RFC 9457 problem details for a caller whose <c>Accept</c> names
/// <c>application/problem+json</c>.
/// </summary>
internal static class ErrorBody
{
    private const string ProblemType = "application/problem+json";

    // Apostrophes stay readable on a terminal, as in the other bodies of the service; nosniff keeps browsers from taking the text for HTML.
    private static readonly JsonWriterOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the whole answer. Nothing of the response may have been sent yet; headers set before, such as <c>Allow</c>, stay.</summary>
    /// <param name="context">The request and its response. A <c>HEAD</c> request gets the headers alone.</param>
    /// <param name="status">The HTTP status, 400 to 599.</param>
    /// <param name="message">One sentence for the person who asked.</param>
    /// <param name="field">The parameter that was refused; in problem details alone, since the message names it as well.</param>
    /// <param name="retryAfter">When to ask again; written in whole seconds, rounded up, at least 1.</param>
    public static Task WriteAsync(HttpContext context, int status, string message, string? field = null, TimeSpan? retryAfter = null)
    {
        var asProblem = AcceptsProblem(context.Request.Headers.Accept.ToString());
        var body = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(body, s_readable))
        {
            WriteBody(json, status, message, field, asProblem);
        }

        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = asProblem ? ProblemType : "application/json";
        response.ContentLength = body.WrittenCount;
        if (retryAfter is { } wait)
        {
            response.Headers.RetryAfter = WholeSeconds(wait).ToString(CultureInfo.InvariantCulture);
        }

        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted).AsTask();
    }

    /// <summary>Says that the pool gives nothing, and why; metrics tell the reason.</summary>
    /// <param name="context">The request and its response.</param>
    /// <param name="refusal">Why not.</param>
    public static Task WriteAsync(HttpContext context, EntropyRefusal refusal)
    {
        RefusalCounts.Note(context, refusal.Reason);
        return WriteAsync(context, StatusCodes.Status503ServiceUnavailable, refusal.Message, retryAfter: refusal.RetryAfter);
    }

    /// <summary>A wait as <c>Retry-After</c> has it (RFC 9110, 10.2.3): whole seconds, never earlier than meant, at least 1.</summary>
    internal static long WholeSeconds(TimeSpan wait) => Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds));

    private static bool AcceptsProblem(string accept) =>
        accept.Contains(ProblemType, StringComparison.OrdinalIgnoreCase)
        && MediaTypeHeaderValue.TryParseList([accept], out var types)
        && types.Any(type => type.MediaType.Equals(ProblemType, StringComparison.OrdinalIgnoreCase) && type.Quality is not 0);

    private static void WriteBody(Utf8JsonWriter json, int status, string message, string? field, bool asProblem)
    {
        json.WriteStartObject();
        if (asProblem)
        {
            json.WriteString("type", "about:blank");
            json.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
            json.WriteNumber("status", status);
            json.WriteString("detail", message);
            if (field is not null)
            {
                json.WriteString("field", field);
            }
        }
        else
        {
            json.WriteBoolean("success", value: false);
            json.WriteString("message", message);
        }

        json.WriteEndObject();
    }
}
