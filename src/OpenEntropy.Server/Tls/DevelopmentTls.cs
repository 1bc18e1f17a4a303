using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Server.Tls;

/// <summary>TLS without a certificate of one's own: on demand, and for this machine's own names only.</summary>
internal static partial class DevelopmentTls
{
    private const string Key = $"{ServerOptions.Section}:{nameof(ServerOptions.DevelopmentCertificate)}";
    private const string DefaultCertificate = "Kestrel:Certificates:Default";

    /// <summary>Gives every https address that has no certificate of its own the development certificate, where that is asked for.</summary>
    /// <param name="builder">The application being built.</param>
    /// <param name="settings">The options.</param>
    /// <param name="time">The wall clock.</param>
    /// <exception cref="StartFailedException">The certificate cannot be kept, or another is configured for all addresses.</exception>
    public static void AddDevelopmentCertificate(this WebApplicationBuilder builder, ServerSettings settings, TimeProvider time)
    {
        if (!settings.Server.DevelopmentCertificate || !ServerKestrel.ServesHttps(builder.Configuration, settings.Server))
        {
            return;
        }

        if (builder.Configuration.GetSection(DefaultCertificate).Exists())
        {
            throw new StartFailedException($"{Key}: {DefaultCertificate} is given too: give one of them");
        }

        builder.Services.AddSingleton(DevelopmentCertificate.LoadOrCreate(settings.Pool.Storage.Directory, time));
    }

    /// <summary>Says which certificate clients will see, and what they need to trust it.</summary>
    /// <param name="app">The application, built.</param>
    public static void TellDevelopmentCertificate(this WebApplication app)
    {
        if (app.Services.GetService<DevelopmentCertificate>() is { } certificate)
        {
            LogCertificate(app.Logger, certificate.Certificate.NotAfter.ToUniversalTime(), certificate.Fingerprint, certificate.Path);
        }
    }

    [LoggerMessage(
        LogLevel.Information,
        "Development certificate for localhost, 127.0.0.1 and ::1 until {End:yyyy-MM-dd}, SHA-256 fingerprint {Fingerprint}; clients trust it by {Path}",
        EventName = "development_certificate"
    )]
    private static partial void LogCertificate(ILogger logger, DateTime end, string fingerprint, string path);
}
