using System.Threading.RateLimiting;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Limits;

/// <summary>
/// Lets requests in by their callers' limits, for the framework's middleware. The framework's own limiters are replenished by the system's clock and keep as
/// many partitions as there are callers; here the clock is the service's and the callers told apart are bounded.
/// </summary>
/// <param name="accounts">The accounts.</param>
internal sealed class CallerLimiter(CallerAccounts accounts) : PartitionedRateLimiter<HttpContext>
{
    /// <inheritdoc/>
    public override RateLimiterStatistics? GetStatistics(HttpContext resource) => null;

    /// <inheritdoc/>
    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount)
    {
        if (accounts.Enter(resource.Caller()) is not { } account)
        {
            return CallerLease.Unlimited;
        }

        // The stream comes first, so that one that is refused costs no request.
        var isStream = resource.GetEndpoint()?.Metadata.GetMetadata<StreamingMetadata>() is not null;
        if (isStream && account.TryOpenStream() is { } refusedStream)
        {
            return Refuse(resource, account, refusedStream);
        }

        if (account.TryRequest(out var level) is { } refusal)
        {
            if (isStream)
            {
                account.CloseStream();
            }

            return Refuse(resource, account, refusal);
        }

        resource.Features.Set(account);
        if (account.LimitsRequests)
        {
            LimitHeaders.Set(resource.Response, account.RequestLimit, level);
        }

        return isStream ? account.StreamLease : account.Lease;
    }

    // The middleware asks so where it was refused at once. Nobody waits here, and nothing is counted twice.
    /// <inheritdoc/>
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(
        HttpContext resource,
        int permitCount,
        CancellationToken cancellationToken
    ) => new(resource.Items[typeof(RefusedLease)] as RefusedLease ?? AttemptAcquireCore(resource, permitCount));

    private static RefusedLease Refuse(HttpContext context, CallerAccount account, LimitRefusal refusal)
    {
        account.Leave();
        var lease = new RefusedLease(refusal);
        context.Items[typeof(RefusedLease)] = lease;
        return lease;
    }
}
