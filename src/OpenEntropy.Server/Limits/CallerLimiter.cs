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

        var opened = false;
        Task answered;
        try
        {
            answered = Answer(context, account, route?.GetMetadata<StreamingMetadata>() is not null, ref opened);
        }
        catch
        {
            End(account, opened);
            throw;
        }

        // Most answers are there at once, and then nothing is made to wait for them.
        if (!answered.IsCompleted)
        {
            return EndAfterAsync(answered, account, opened);
        }

        End(account, opened);
        return answered;
    }

    // The stream comes first, so that one that is refused costs no request.
    private Task Answer(HttpContext context, CallerAccount account, bool isStream, ref bool opened)
    {
        if (isStream)
        {
            if (account.TryOpenStream() is { } refusedStream)
            {
                return answer.WriteAsync(context, refusedStream);
            }

            opened = true;
        }

        if (account.TryRequest(out var level) is { } refusal)
        {
            if (opened)
            {
                account.CloseStream(); // before it is told
                opened = false;
            }

            return answer.WriteAsync(context, refusal);
        }

        if (account.TellsOf(level))
        {
            LimitHeaders.Set(context.Response, account.RequestLimit, level);
        }

        context.Features.Set(account);
        return next(context);
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
