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

        var refusal = account.TryRequest(out var level);
        var isStream = refusal is null && resource.GetEndpoint()?.Metadata.GetMetadata<StreamingMetadata>() is not null;
        refusal ??= isStream ? account.TryOpenStream() : null;
        if (refusal is not null)
        {
            account.Leave();
            return Remember(resource, new RefusedLease(refusal));
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

    private static RefusedLease Remember(HttpContext context, RefusedLease lease)
    {
        context.Items[typeof(RefusedLease)] = lease;
        return lease;
    }
}
