namespace OpenEntropy.Server.Bundles;

/// <summary>
/// Questions to the ledger, which wait for the device, away from the requests' threads and a few at once: where the device hangs, these few threads hang
/// with it, and who comes is sent away.
/// </summary>
internal sealed class LedgerDesk : IDisposable
{
    /// <summary>Questions that are there at once, under way and waiting.</summary>
    public const int Most = 64;

    /// <summary>Questions under way at once.</summary>
    public const int Places = 4;

    /// <summary>What is told who is sent away.</summary>
    public const string Busy = "as much is being read from the ledger of bundles as may be: ask again";

    /// <summary>When to ask again.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>Who asks and who waits to.</summary>
    public WorkQueue Queue { get; } = new(Places, Most);

    /// <summary>Asks.</summary>
    /// <typeparam name="T">The answer.</typeparam>
    /// <param name="question">It may wait for the device.</param>
    /// <param name="busy">The answer where too many are there.</param>
    /// <param name="gone">Ends the wait for a place; a question that has begun is answered.</param>
    public async Task<T> AskAsync<T>(Func<T> question, T busy, CancellationToken gone)
    {
        using var seat = Queue.TryTake(work: 1);
        if (seat is null)
        {
            return busy;
        }

        await seat.WaitAsync(gone);
        return await Task.Run(question, gone);
    }

    /// <inheritdoc/>
    public void Dispose() => Queue.Dispose();
}
