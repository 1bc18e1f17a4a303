using Microsoft.Extensions.Hosting.Systemd;

namespace OpenEntropy.Server.Hosting;

/// <summary>What the service has for systemd, where systemd started it.</summary>
internal static class SystemdServices
{
    /// <summary>Has the service tell systemd when it is ready and when it stops; nothing where nobody listens.</summary>
    /// <param name="services">The services.</param>
    public static void AddSystemdNotifications(this IServiceCollection services)
    {
        // Asked before the library is, which need not be loaded at every other start.
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable(SystemdNotifications.SocketVariable)))
        {
            Add(services);
        }
    }

    private static void Add(IServiceCollection services)
    {
        services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        services.AddHostedService<SystemdNotifications>();
    }
}
