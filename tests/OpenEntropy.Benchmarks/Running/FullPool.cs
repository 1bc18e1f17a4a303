using OpenEntropy.Pool;

namespace OpenEntropy.Benchmarks.Running;

/// <summary>A pool that is full within a moment, so that its harvest trickles.</summary>
internal static class FullPool
{
    private const int SmallestCapacity = 8;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(20);

    /// <summary>The defaults, but for the capacity.</summary>
    public static EntropyPoolOptions Options() => new() { Pool = new SeedPoolOptions { Capacity = SmallestCapacity } };

    /// <summary>Waits until the pool is full.</summary>
    /// <param name="pool">It harvests.</param>
    /// <exception cref="MeasurementException">It is not full within half a minute.</exception>
    public static async Task WaitAsync(EntropyPool pool)
    {
        while (pool.Status is var status && status.BlocksAvailable < status.Capacity)
        {
            if (status.Uptime > s_patience)
            {
                throw new MeasurementException(
                    $"the pool does not fill: {status.Reason ?? "it holds " + status.BlocksAvailable + " blocks"}"
                );
            }

            await Task.Delay(s_poll, TimeProvider.System);
        }
    }
}
