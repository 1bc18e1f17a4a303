using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Pools;

/// <summary>A pool that harvests while a command waits for it.</summary>
internal static class PoolFilling
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until something holds of the pool, or the time is over.</summary>
    /// <param name="pool">The pool, harvesting.</param>
    /// <param name="console">Where progress is shown, and the clock.</param>
    /// <param name="isEnough">What is waited for.</param>
    /// <param name="limit">The time.</param>
    /// <param name="end">Ends it.</param>
    /// <returns>Whether it holds.</returns>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static async Task<bool> WaitAsync(
        EntropyPool pool,
        CommandConsole console,
        Func<EntropyPoolStatus, bool> isEnough,
        TimeSpan limit,
        CancellationToken end
    )
    {
        var progress = new ProgressLine(console);
        var start = console.Time.GetTimestamp();
        try
        {
            while (true)
            {
                var status = pool.Status;
                if (isEnough(status))
                    return true;
                var left = limit - console.Time.GetElapsedTime(start);
                if (left <= TimeSpan.Zero)
                    return false;
                progress.Show($"{status.BlocksAvailable} of {status.Capacity} seed blocks, {left.TotalSeconds:0} s left at most");
                await Task.Delay(s_look, console.Time, end);
            }
        }
        finally
        {
            progress.Clear();
        }
    }
}
