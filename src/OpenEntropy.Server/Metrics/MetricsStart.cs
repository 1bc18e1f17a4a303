namespace OpenEntropy.Server.Metrics;

/// <summary>Begins to count requests as soon as the pool's start is over, well or not: before, it would delay the first byte.</summary>
/// <param name="pool">The pool.</param>
/// <param name="services">Makes the <see cref="PrometheusScrape"/>.</param>
/// <param name="time">The clock.</param>
internal sealed class MetricsStart(EntropyPool pool, IServiceProvider services, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (pool.Status.State != PoolState.Starting)
                {
                    services.GetRequiredService<PrometheusScrape>();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops before its start is over.
        }
        catch (ObjectDisposedException)
        {
            // The start has failed, as where its port is in use: nobody stops what had begun, and the pool that is gone is starting no more.
        }
    }
}
