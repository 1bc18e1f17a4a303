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
            services.AddSingleton<IAuditLog, NoAuditLog>();
            return;
        }

        services.AddSingleton<AuditDisk>();
        services.AddSingleton(provider => new AuditLog(
            new AuditWriter(
                settings.Pool.Storage.Directory,
                settings.Audit,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<AuditDisk>()
            ),
            settings.Audit,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AuditLog>>()
        ));
        services.AddSingleton<IAuditLog>(provider => provider.GetRequiredService<AuditLog>());
        services.AddSingleton<AuditSigner>();
        services.AddHostedService<AuditService>();
    }
}
