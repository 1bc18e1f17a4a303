namespace OpenEntropy.Server.Audit;

/// <summary>
/// Enters the start and the stop of the service, once a minute what was counted, and once an hour a signed checkpoint; while the log cannot be written, it is tried every few seconds. It is
/// started before everything else of the service, and stopped after it.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="signer">Signs it every hour and at the end.</param>
/// <param name="time">The clock.</param>
internal sealed class AuditService(AuditLog log, AuditSigner signer, TimeProvider time) : BackgroundService
{
    /// <summary>How long sums are counted.</summary>
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>How often the log is signed, where something is new.</summary>
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(5);

    private readonly Lock _stopping = new();
    private Task _start = Task.CompletedTask;
    private Task? _stop;

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // It has its turn when this returns, so that nothing is entered before it; nobody waits for the device.
        _start = log.EnterAllAsync(Entry(AuditAct.ServiceStart));
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_stopping)
        {
            return _stop ??= EndAsync(cancellationToken); // a host may be told to stop twice, and disposes of the log after either
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _start;
        using var timer = new PeriodicTimer(s_tick, time);
        var entered = time.GetTimestamp();
        var signed = entered;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (log.State.Problem is not null || time.GetElapsedTime(entered) >= Minute)
                {
                    entered = time.GetTimestamp();
                    await log.EnterAllAsync();
                }

                if (time.GetElapsedTime(signed) >= Hour)
                {
                    signed = time.GetTimestamp();
                    await SignAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private async Task EndAsync(CancellationToken stop)
    {
        await base.StopAsync(stop);
        await log.EnterAllAsync(Entry(AuditAct.ServiceStop));
        await SignAsync();
    }

    private async Task SignAsync()
    {
        if (await signer.FindKeyAsync() is { } key)
        {
            await log.EnterCheckpointAsync(key);
        }
    }

    private static AuditEntry Entry(AuditAct act) =>
        AuditEntry.Of(AuditParty.Service, act, AuditOutcome.Done) with
        {
            Subject = typeof(AuditService).Assembly.GetName().Version?.ToString(),
        };
}
