using OpenEntropy.Pqc.Bundles;

namespace OpenEntropy.Server.Bundles;

/// <summary>Verifies bundles away from the requests' threads, a few at once; anybody may send any.</summary>
internal sealed class VerifyDesk : IDisposable
{
    /// <summary>Bundles that are there at once, under way and waiting.</summary>
    public const int Most = 16;

    /// <summary>Who verifies and who waits.</summary>
    public WorkQueue Queue { get; } = new(WorkQueue.HalfTheMachine, Most);

    /// <summary>Verifies a bundle.</summary>
    /// <param name="json">The document.</param>
    /// <param name="gone">Ends the wait; what has begun ends by itself, in time proportional to the document's length.</param>
    /// <returns>What was found; null where too many are there.</returns>
    /// <exception cref="BundleFormatException">It is no bundle.</exception>
    public async Task<BundleVerification?> VerifyAsync(ReadOnlyMemory<byte> json, CancellationToken gone)
    {
        using var seat = Queue.TryTake(work: 1);
        if (seat is null)
        {
            return null;
        }

        await seat.WaitAsync(gone);
        return await Task.Run(() => BundleVerifier.Verify(json), gone);
    }

    /// <inheritdoc/>
    public void Dispose() => Queue.Dispose();
}
