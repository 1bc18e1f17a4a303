namespace OpenEntropy.Pool;

/// <summary>Waits for a pool to hold blocks.</summary>
internal static class BlockWait
{
    /// <summary>Waits until the pool may hold that many blocks; the harvest works hard meanwhile.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="blocks">Blocks wanted, at most the capacity.</param>
    /// <param name="timeout">How long.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False when the time ran out or the pool was disposed.</returns>
    public static async ValueTask<bool> ForAsync(
        SeedPool pool,
        int blocks,
        TimeSpan timeout,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var start = time.GetTimestamp();
        while (true)
        {
            // Before the look, so that no block comes unseen between the two.
            var next = pool.NextBlock;
            if (pool.HasOrWants(blocks))
                return true;
            var left = timeout - time.GetElapsedTime(start);
            if (next is null || left <= TimeSpan.Zero)
                return false;
            try
            {
                await next.WaitAsync(left, time, cancellation);
            }
            catch (TimeoutException)
            {
                return false;
            }
        }
    }
}
