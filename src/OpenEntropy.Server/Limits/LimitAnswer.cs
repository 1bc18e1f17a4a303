using System.Globalization;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Limits;

/// <summary>Tells a caller that a limit is reached: 429, when to ask again, and what the limit is. It is counted, and a line is logged.</summary>
/// <param name="counts">The accounts.</param>
/// <param name="logger">The log.</param>
internal sealed partial class LimitAnswer(LimitCounts counts, ILogger<LimitAnswer> logger)
{
    /// <summary>Writes the whole answer.</summary>
    /// <param name="context">The request and its response, of which nothing has been sent.</param>
    /// <param name="refusal">Why.</param>
    public Task WriteAsync(HttpContext context, LimitRefusal refusal)
    {
        Note(context, refusal.Kind);
        if (refusal.RetryAfter == TimeSpan.MaxValue)
        {
            // No wait would help, and so it is no 429.
            return ErrorBody.WriteAsync(context, StatusCodes.Status400BadRequest, refusal.Message, "length");
        }

        if (refusal.Kind == LimitKind.Streams)
        {
            context.Response.Headers[LimitHeaders.Limit] = refusal.Limit.ToString(CultureInfo.InvariantCulture);
            context.Response.Headers[LimitHeaders.Remaining] = "0";
            context.Response.Headers.Remove(LimitHeaders.Reset); // nobody knows when a stream ends
        }
        else
        {
            LimitHeaders.Set(context.Response, refusal.Limit.ToString(CultureInfo.InvariantCulture), refusal.Level);
        }

        return ErrorBody.WriteAsync(context, StatusCodes.Status429TooManyRequests, refusal.Message, field: null, refusal.RetryAfter);
    }

    /// <summary>Ends an answer at a limit: with a refusal where nothing was sent, and else by breaking it off.</summary>
    /// <param name="context">The request.</param>
    /// <param name="refusal">Why.</param>
    /// <exception cref="BrokenOffException">Something was sent.</exception>
    public Task EndAsync(HttpContext context, LimitRefusal refusal)
    {
        if (!context.Response.HasStarted)
        {
            return WriteAsync(context, refusal);
        }

        Note(context, refusal.Kind);
        throw new BrokenOffException(BrokenOffException.LimitReached, refusal.Message);
    }

    /// <summary>Counts a refusal for a limit, and logs it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kind">The limit.</param>
    private void Note(HttpContext context, LimitKind kind)
    {
        counts.Add(kind);
        LogReached(logger, RouteLabel.Of(context), context.Caller().Kind, StateNames<LimitKind>.Of(kind));
    }

    [LoggerMessage(LogLevel.Warning, "{Route}: a caller ({Caller}) has reached its limit of {Limit}", EventName = "limit_reached")]
    private static partial void LogReached(ILogger logger, string route, CallerKind caller, string limit);
}
