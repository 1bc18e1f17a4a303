using System.Globalization;
using Microsoft.Extensions.Hosting.Systemd;

namespace OpenEntropy.Server.Hosting;

/// <summary>The unit's watchdog (<c>WatchdogSec=</c>, sd_watchdog_enabled(3)): systemd ends a service that has not said for so long that it is alive.</summary>
internal static class SystemdWatchdog
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(1);

    /// <summary>The message that is awaited.</summary>
    public static ServiceState Alive { get; } = new("WATCHDOG=1");

    /// <summary>How often this process should say that it is alive: at least twice in the time the unit gives, and at most once a second else.</summary>
    public static TimeSpan Period() => Period(Environment.GetEnvironmentVariable("WATCHDOG_USEC"));

    /// <summary>The same for another time.</summary>
    /// <param name="microseconds">The time, µs, as a decimal number; null where the unit has no watchdog.</param>
    internal static TimeSpan Period(string? microseconds) =>
        ulong.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given is > 0 and < 2_000_000
            ? TimeSpan.FromMilliseconds(Math.Max(given / 2000, 1))
            : Usual;
}
