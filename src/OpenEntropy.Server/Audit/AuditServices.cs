using OpenEntropy.Server.Health;
using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Server.Audit;

/// <summary>The audit log and what writes it.</summary>
internal static class AuditServices
{
    /// <summary>Registers it; before everything that runs, so that its stop is entered after theirs.</summary>
    /// <param name="services">The services.</param>
    /// <param name="settings">Say where it is, and whether.</param>
    public static void AddAudit(this IServiceCollection services, ServerSettings settings)
    {
        if (!settings.Audit.Enabled)
        {
            services.AddSingleton<IAuditLog>(provider =>
            {
                var none = new NoAuditLog();
                provider.GetRequiredService<DeviationBoard>().Ask(() => none.State.Deviations);
                return none;
            });
            return;
        }

        services.AddSingleton<AuditDisk>();
        services.AddSingleton(provider =>
        {
            var time = provider.GetRequiredService<TimeProvider>();
            var writer = new AuditWriter(settings.Pool.Storage.Directory, settings.Audit, time, provider.GetRequiredService<AuditDisk>());
            var log = new AuditLog(writer, settings.Audit, time, provider.GetRequiredService<ILogger<AuditLog>>());
            provider.GetRequiredService<DeviationBoard>().Ask(() => log.State.Deviations);
            return log;
        });
        services.AddSingleton<IAuditLog>(provider => provider.GetRequiredService<AuditLog>());
        services.AddSingleton<AuditSigner>();
        services.AddHostedService<AuditService>();
    }
}
