namespace OpenEntropy.Server.Audit;

/// <summary>
/// Enters the start and the stop of the service, once a minute what was counted, and once an hour a signed checkpoint; while the log cannot be written, it is tried every few seconds, and a checkpoint that
/// failed once a minute. It is stopped after everything else of the service.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="signer">Signs it every hour and at the end.</param>
/// <param name="lifetime">Says when the service has started.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log for operators.</param>
internal sealed partial class AuditService(
    AuditLog log,
    AuditSigner signer,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<AuditService> logger
) : BackgroundService
{
    /// <summary>How long sums are counted, and after how long a checkpoint that failed is tried again.</summary>
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>How often the log is signed, where something is new.</summary>
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(5);

    private readonly Lock _stopping = new();
    private Task? _start;
    private Task? _stop;

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // A start that is refused is none: the port may be taken, or a setting wrong. Nobody waits for the device.
        lifetime.ApplicationStarted.Register(() => _start = log.EnterAllAsync(Entry(AuditAct.ServiceStart)));
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
        using var timer = new PeriodicTimer(s_tick, time);
        var entered = time.GetTimestamp();
        var (signed, rest) = (entered, Hour);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    if (log.State.Problem is not null || time.GetElapsedTime(entered) >= Minute)
                    {
                        entered = time.GetTimestamp();
                        await log.EnterAllAsync();
                    }

                    if (time.GetElapsedTime(signed) >= rest)
                    {
                        (signed, rest) = (time.GetTimestamp(), Minute); // also where it ends in an exception
                        rest = await TrySignAsync() ? Hour : Minute;
                    }
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    LogUnexpected(logger, exception); // random output goes on, and so does the log at the next tick
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
        // No longer than the host waits: a device that does not answer keeps no service from its end.
        try
        {
            await base.StopAsync(stop);
            await (_start ?? Task.CompletedTask).WaitAsync(stop);
            await log.EnterAllAsync(_start is null ? null : Entry(AuditAct.ServiceStop)).WaitAsync(stop);
            await TrySignAsync().WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            // What is under way may still be written.
        }
    }

    // Where there is no key yet, nothing has failed.
    private async Task<bool> TrySignAsync() =>
        !signer.HasKey || (await signer.FindKeyAsync() is { } key && await log.TryEnterCheckpointAsync(key));

    private static AuditEntry Entry(AuditAct act) =>
        AuditEntry.Of(AuditParty.Service, act, AuditOutcome.Done) with
        {
            Subject = typeof(AuditService).Assembly.GetName().Version?.ToString(),
        };

    [LoggerMessage(LogLevel.Error, "The audit log: what was to be entered now failed; it is tried again", EventName = "audit_unexpected")]
    private static partial void LogUnexpected(ILogger logger, Exception exception);
}
