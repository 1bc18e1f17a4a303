namespace OpenEntropy.Server.Hosting;

/// <summary>The web server: where it listens and what it refuses before a request reaches us.</summary>
internal static class ServerKestrel
{
    // No route reads more than a small form.
    private const long MaximumRequestBodyBytes = 65_536;

    /// <summary>Kestrel with our limits; certificates and endpoints come from its own section, <c>Kestrel</c>.</summary>
    /// <param name="builder">The application being built.</param>
    /// <param name="options">Where to listen.</param>
    public static void AddServerKestrel(this WebApplicationBuilder builder, ServerOptions options)
    {
        var section = builder.Configuration.GetSection("Kestrel");
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaximumRequestBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = options.MaximumConnections;
            kestrel.Configure(section);
        });
        var given = builder.Configuration["urls"];
        if (section.GetSection("Endpoints").Exists() || given?.Contains("https://", StringComparison.OrdinalIgnoreCase) == true)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        if (!string.IsNullOrEmpty(given))
        {
            builder.WebHost.UseUrls(given);
        }
        else if (!section.GetSection("Endpoints").Exists())
        {
            builder.WebHost.UseUrls(options.Url);
        }

        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
    }
}
