using System.Collections.Concurrent;
using OpenEntropy.Server.Health;

namespace OpenEntropy.Server.Errors;

/// <summary>Requests that were refused, by route and reason.</summary>
internal sealed class RefusalCounts
{
    private static readonly string[] s_always = ["bad_request", .. StateNames<RefusalReason>.All.Values];

    // What is asked most is there from the start, at 0, so that the first refusal shows as an increase.
    private readonly ConcurrentDictionary<(string Route, string Reason), long> _counts = new(
        s_always.Select(reason => KeyValuePair.Create(("/api/v1/random", reason), 0L))
    );

    /// <summary>How many there were.</summary>
    public IEnumerable<KeyValuePair<(string Route, string Reason), long>> All => _counts;

    /// <summary>Counts one.</summary>
    /// <param name="context">Its request, answered with a status from 400 up.</param>
    public void Add(HttpContext context)
    {
        var reason = context.Items[typeof(RefusalReason)] is RefusalReason refusal
            ? StateNames<RefusalReason>.Of(refusal)
            : Reason(context.Response.StatusCode);
        _counts.AddOrUpdate((RouteLabel.Of(context), reason), 1, static (_, count) => count + 1);
    }

    /// <summary>Leaves word of why the pool gave nothing, which its status alone does not tell.</summary>
    /// <param name="context">The request.</param>
    /// <param name="reason">The reason.</param>
    public static void Note(HttpContext context, RefusalReason reason) => context.Items[typeof(RefusalReason)] = reason;

    private static string Reason(int status) =>
        status switch
        {
            StatusCodes.Status400BadRequest => "bad_request",
            StatusCodes.Status401Unauthorized => "unauthorized",
            StatusCodes.Status403Forbidden => "forbidden",
            StatusCodes.Status404NotFound => "not_found",
            StatusCodes.Status405MethodNotAllowed => "method_not_allowed",
            StatusCodes.Status408RequestTimeout => "timeout",
            StatusCodes.Status409Conflict => "conflict",
            StatusCodes.Status413PayloadTooLarge => "too_large",
            StatusCodes.Status415UnsupportedMediaType => "unsupported_type",
            StatusCodes.Status422UnprocessableEntity => "unprocessable",
            StatusCodes.Status429TooManyRequests => "too_many_requests",
            StatusCodes.Status503ServiceUnavailable => "busy",
            >= StatusCodes.Status500InternalServerError => "failed",
            _ => "other",
        };
}
