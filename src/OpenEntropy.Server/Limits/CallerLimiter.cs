using Microsoft.AspNetCore.RateLimiting;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Limits;

/// <summary>
/// Lets requests in by their callers' limits, and refuses the others. The framework's own middleware does not do: its limiters are replenished by the
/// system's clock and keep as many partitions as there are callers, and it makes one whose timer nobody ends, so that a service that has been stopped
/// would stay in memory. Here the clock is the service's, and the callers told apart are bounded.
/// </summary>
/// <param name="next">What answers.</param>
/// <param name="accounts">The accounts.</param>
/// <param name="answer">What tells of a refusal.</param>
internal sealed class CallerLimiter(RequestDelegate next, CallerAccounts accounts, LimitAnswer answer)
{
    /// <summary>Answers a request, or refuses it.</summary>
    /// <param name="context">The request; who asks is known, and which route answers.</param>
    public Task InvokeAsync(HttpContext context)
    {
        var route = context.GetEndpoint()?.Metadata;
        if (route?.GetMetadata<DisableRateLimitingAttribute>() is not null || accounts.Enter(context.Caller()) is not { } account)
        {
            return next(context);
        }

        var isStream = route?.GetMetadata<StreamingMetadata>() is not null;
        if (TryCount(context, account, isStream) is { } refusal)
        {
            account.Leave();
            return answer.WriteAsync(context, refusal);
        }

        context.Features.Set(account);
        return Answer(context, account, isStream);
    }

    // The stream comes first, so that one that is refused costs no request.
    private static LimitRefusal? TryCount(HttpContext context, CallerAccount account, bool isStream)
    {
        if (isStream && account.TryOpenStream() is { } refusedStream)
        {
            return refusedStream;
        }

        var refusal = account.TryRequest(out var level);
        if (refusal is not null)
        {
            if (isStream)
            {
                account.CloseStream();
            }
        }
        else if (account.TellsOf(level))
        {
            LimitHeaders.Set(context.Response, account.RequestLimit, level);
        }

        return refusal;
    }

    // Most answers are there at once, and then nothing is made to wait for them.
    private Task Answer(HttpContext context, CallerAccount account, bool isStream)
    {
        Task answered;
        try
        {
            answered = next(context);
        }
        catch
        {
            End(account, isStream);
            throw;
        }

        if (!answered.IsCompleted)
        {
            return EndAfterAsync(answered, account, isStream);
        }

        End(account, isStream);
        return answered;
    }

    private static async Task EndAfterAsync(Task answered, CallerAccount account, bool isStream)
    {
        try
        {
            await answered;
        }
        finally
        {
            End(account, isStream);
        }
    }

    private static void End(CallerAccount account, bool isStream)
    {
        if (isStream)
        {
            account.CloseStream();
        }

        account.Leave();
    }
}
