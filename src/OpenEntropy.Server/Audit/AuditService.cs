namespace OpenEntropy.Server.Audit;

/// <summary>
/// Enters the start and the stop of the service, and once a minute what was counted; while the log cannot be written, it is tried every few seconds. It is
/// started before everything else of the service, and stopped after it.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="time">The clock.</param>
internal sealed class AuditService(AuditLog log, TimeProvider time) : BackgroundService
{
    /// <summary>How long sums are counted.</summary>
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(5);

    private Task _start = Task.CompletedTask;
    private bool _stopped;

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // It has its turn when this returns, so that nothing is entered before it; nobody waits for the device.
        _start = log.EnterAllAsync(Entry(AuditAct.ServiceStart));
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (!Interlocked.Exchange(ref _stopped, true)) // a host may be told to stop again, when this is disposed of
        {
            await log.EnterAllAsync(Entry(AuditAct.ServiceStop));
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _start;
        using var timer = new PeriodicTimer(s_tick, time);
        var entered = time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (log.State.Problem is not null || time.GetElapsedTime(entered) >= Minute)
                {
                    entered = time.GetTimestamp();
                    await log.EnterAllAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private static AuditEntry Entry(AuditAct act) =>
        AuditEntry.Of(AuditParty.Service, act, AuditOutcome.Done) with
        {
            Subject = typeof(AuditService).Assembly.GetName().Version?.ToString(),
        };
}
