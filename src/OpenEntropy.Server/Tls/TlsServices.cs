using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenEntropy.Server.Health;

namespace OpenEntropy.Server.Tls;

/// <summary>TLS beside what Kestrel does of itself.</summary>
internal static class TlsServices
{
    /// <summary>Registers it; no file is looked at before the start.</summary>
    /// <param name="services">The services.</param>
    /// <param name="kestrel">Kestrel's section.</param>
    /// <param name="root">What relative paths in it are relative to.</param>
    public static void AddTls(this IServiceCollection services, IConfiguration kestrel, string root)
    {
        services.TryAddSingleton<DeviationBoard>();
        services.AddSingleton(new CertificateFiles(kestrel, root));
        services.AddSingleton<ServedCertificates>();
        services.AddSingleton<CertificateCounts>();
        services.AddSingleton<TransportPolicy>();
        services.AddHostedService<CertificateWatch>();
    }
}
