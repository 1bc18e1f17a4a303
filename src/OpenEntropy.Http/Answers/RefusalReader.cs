using System.Globalization;
using System.Net;
using System.Text.Json;

namespace OpenEntropy.Http.Answers;

/// <summary>Reads refusals: problem details (RFC 9457), the service's own form, or nothing of a body that is neither.</summary>
internal static class RefusalReader
{
    /// <summary>The longest body that is read for its sentence, bytes.</summary>
    private const int MaximumBytes = 65_536;

    /// <summary>What the answer says, as an exception.</summary>
    /// <param name="response">An answer of no success.</param>
    /// <param name="calls">Reads.</param>
    /// <param name="time">The clock that a date is compared with.</param>
    /// <param name="cancellation">The caller's.</param>
    public static async Task<ServiceRefusalException> ReadAsync(
        HttpResponseMessage response,
        ServiceCalls calls,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var (detail, field) = await ReadBodyAsync(response, calls, cancellation);
        detail ??= $"the service answered {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();
        return response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests
            ? new ServiceUnavailableException(response.StatusCode, detail, field, RetryAfter(response, time))
            : new ServiceRefusalException(response.StatusCode, detail, field);
    }

    private static async Task<(string? Detail, string? Field)> ReadBodyAsync(
        HttpResponseMessage response,
        ServiceCalls calls,
        CancellationToken cancellation
    )
    {
        if (!JsonBody.IsJson(response))
            return default;
        try
        {
            await using var reader = await calls.OpenAsync(response, cancellation);
            var bytes = new byte[MaximumBytes];
            var length = await reader.ReadToAsync(bytes);
            using var document = JsonDocument.Parse(bytes.AsMemory(0, length));
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object ? (Text(root, "detail") ?? Text(root, "message"), Text(root, "field")) : default;
        }
        catch (Exception exception)
            when (exception is JsonException or ServiceAnswerException or TimeoutException or InvalidOperationException)
        {
            return default; // the status alone says that it is a refusal
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // RFC 9110, 10.2.3: seconds, or a date.
    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        if (!response.Headers.TryGetValues("Retry-After", out var values))
            return null;
        var text = string.Join(',', values);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return TimeSpan.FromSeconds(seconds);
        if (!DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
            return null;
        var wait = date - time.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
