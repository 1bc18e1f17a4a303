using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace OpenEntropy.Server.Limits;

/// <summary>
/// What a request that was let in holds until it is answered. All requests of a caller hold the same one, each once: it has nothing of its own, and so
/// nothing is made for a request.
/// </summary>
/// <param name="account">The account that the request is counted in; null for a caller without limits.</param>
/// <param name="isStream">Whether it is counted as a stream, too.</param>
internal sealed class CallerLease(CallerAccount? account, bool isStream) : RateLimitLease
{
    /// <summary>That of callers without limits.</summary>
    public static readonly CallerLease Unlimited = new(account: null, isStream: false);

    /// <inheritdoc/>
    public override bool IsAcquired => true;

    /// <inheritdoc/>
    public override IEnumerable<string> MetadataNames => [];

    /// <inheritdoc/>
    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = null;
        return false;
    }

    /// <inheritdoc/>
    [SuppressMessage("Usage", "CA2215", Justification = "Every request disposes of it once, and the base does nothing.")]
    protected override void Dispose(bool disposing)
    {
        if (isStream)
        {
            account?.CloseStream();
        }

        account?.Leave();
    }
}

/// <summary>What a request that is refused gets.</summary>
/// <param name="refusal">Why.</param>
internal sealed class RefusedLease(LimitRefusal refusal) : RateLimitLease
{
    /// <summary>Why.</summary>
    public LimitRefusal Refusal => refusal;

    /// <inheritdoc/>
    public override bool IsAcquired => false;

    /// <inheritdoc/>
    public override IEnumerable<string> MetadataNames => [MetadataName.RetryAfter.Name];

    /// <inheritdoc/>
    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = metadataName == MetadataName.RetryAfter.Name ? refusal.RetryAfter : null;
        return metadata is not null;
    }
}
