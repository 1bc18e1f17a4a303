using OpenEntropy.Pqc.Bundles;

namespace OpenEntropy.Server.Bundles;

/// <summary>Verifies bundles away from the requests' threads, a few at once; anybody may send any.</summary>
internal sealed class VerifyDesk : IDisposable
{
    /// <summary>Bundles that are there at once: arriving, waiting and under way.</summary>
    public const int Most = 16;

    /// <summary>The longest that a bundle may take to arrive: who sends slowly holds a seat no longer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Who verifies and who waits.</summary>
    public WorkQueue Queue { get; } = new(WorkQueue.HalfTheMachine, Most);

    /// <summary>Verifies a bundle.</summary>
    /// <param name="seat">A seat of the queue, without a place.</param>
    /// <param name="json">The document.</param>
    /// <param name="gone">Ends the wait; what has begun ends by itself, in time proportional to the document's length.</param>
    /// <exception cref="BundleFormatException">It is no bundle.</exception>
    public static async Task<BundleVerification> VerifyAsync(WorkQueue.Seat seat, ReadOnlyMemory<byte> json, CancellationToken gone)
    {
        await seat.WaitAsync(gone);
        return await Task.Run(() => BundleVerifier.Verify(json), gone);
    }

    /// <inheritdoc/>
    public void Dispose() => Queue.Dispose();
}
