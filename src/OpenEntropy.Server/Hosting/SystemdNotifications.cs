using System.Net.Sockets;
using Microsoft.Extensions.Hosting.Systemd;
using OpenEntropy.Server.Health;

namespace OpenEntropy.Server.Hosting;

/// <summary>
/// Tells systemd how it goes, where a unit asks for it (<c>Type=notify</c>, sd_notify(3)): READY=1 once the service listens and can serve bytes, not
/// before, so that units ordered after it find it seeded; STATUS with the state; WATCHDOG=1; STOPPING=1.
/// </summary>
/// <param name="notifier">Sends the messages.</param>
/// <param name="pool">The pool.</param>
/// <param name="lifetime">Tells when the service listens and when it stops.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class SystemdNotifications(
    ISystemdNotifier notifier,
    EntropyPool pool,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<SystemdNotifications> logger
) : BackgroundService
{
    /// <summary>Where systemd says where it listens; unset for a service that is to say nothing.</summary>
    public const string SocketVariable = "NOTIFY_SOCKET";

    private static readonly TimeSpan ReadyInterval = TimeSpan.FromMilliseconds(100);

    private string? _told;
    private bool _unheard;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        using var stopping = lifetime.ApplicationStopping.Register(() => Tell(ServiceState.Stopping));
        using var timer = new PeriodicTimer(ReadyInterval, time);
        var ready = false;
        try
        {
            while (await timer.WaitForNextTickAsync(ended.Token))
            {
                var status = pool.Status;
                TellStatus(status);
                if (!ready && lifetime.ApplicationStarted.IsCancellationRequested && HealthEndpoints.CanServe(status.State))
                {
                    ready = true;
                    Tell(ServiceState.Ready);
                    timer.Period = SystemdWatchdog.Period();
                }

                if (ready)
                {
                    Tell(SystemdWatchdog.Alive);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private void TellStatus(EntropyPoolStatus status)
    {
        var state = StateNames<PoolState>.Of(status.State);
        var line = status.Reason is { } reason ? $"{state}: {reason}" : state;
        if (line != _told)
        {
            _told = line;
            Tell(new ServiceState($"STATUS={line.ReplaceLineEndings(" ")}"));
        }
    }

    private void Tell(ServiceState state)
    {
        try
        {
            notifier.Notify(state);
            _unheard = false;
        }
        catch (SocketException exception)
        {
            // Nobody listens there any more, as where systemd is replaced by a newer one; the next message tries again.
            if (!_unheard)
            {
                LogUnheard(logger, exception.Message);
            }

            _unheard = true;
        }
    }

    [LoggerMessage(LogLevel.Warning, "systemd cannot be told of the state: {Message}", EventName = "systemd_unheard")]
    private static partial void LogUnheard(ILogger logger, string message);
}
