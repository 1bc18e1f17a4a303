using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using OpenEntropy.Server.Security;
using OpenEntropy.Server.Tls;

namespace OpenEntropy.Server.Hosting;

/// <summary>The web server: where it listens and what it refuses before a request reaches us.</summary>
internal static partial class ServerKestrel
{
    /// <summary>Kestrel with our limits; certificates and endpoints come from its own section, <c>Kestrel</c>.</summary>
    /// <param name="builder">The application being built.</param>
    /// <param name="options">Where to listen.</param>
    /// <exception cref="StartFailedException">An address given in place of the options is none, or a version of TLS is asked for that is not spoken.</exception>
    public static void AddServerKestrel(this WebApplicationBuilder builder, ServerOptions options)
    {
        ListenAddress.Check(builder.Configuration);
        var section = builder.Configuration.GetSection("Kestrel");
        TlsProtocols.Check(section);
        builder.WebHost.UseKestrelCore();
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, TransportMemory>(); // after Kestrel's own, which it replaces
        builder.Services.AddTls(section, builder.Environment.ContentRootPath);
        builder.Services.Configure<SocketTransportOptions>(transport => transport.UnsafePreferInlineScheduling = options.InlineScheduling);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = options.MaximumConnections ?? DescriptorLimit.ConnectionsOf(DescriptorLimit.Soft);
            kestrel.ConfigureHttpsDefaults(https => SetDefaults(https, kestrel.ApplicationServices));
            kestrel.Configure(section);
        });
        var given = builder.Configuration["urls"];
        var hasEndpoints = KestrelEndpoints.Any(builder.Configuration);
        if (hasEndpoints || ServesHttps(builder.Configuration, options))
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        if (!string.IsNullOrEmpty(given))
        {
            builder.WebHost.UseUrls(given);
        }
        else if (!hasEndpoints)
        {
            builder.WebHost.UseUrls(options.Url);
        }

        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
    }

    private static void SetDefaults(HttpsConnectionAdapterOptions https, IServiceProvider services)
    {
        var certificates = services.GetRequiredService<ServedCertificates>();
        https.ServerCertificate = services.GetService<DevelopmentCertificate>()?.Certificate;
        https.SslProtocols = TlsProtocols.All;
        https.OnAuthenticate = (_, handshake) => certificates.Show(handshake);
        services.GetService<AccessStart>()?.Authority?.Ask(https); // last: it adds to what is shown
    }

    /// <summary>Whether any address is served by TLS.</summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <param name="options">Host and port, which count where nothing else is given.</param>
    public static bool ServesHttps(IConfiguration configuration, ServerOptions options)
    {
        var endpoints = KestrelEndpoints.All(configuration).Select(endpoint => endpoint.Address).ToList();
        var given = configuration["urls"];
        var addresses =
            endpoints.Count > 0 ? endpoints
            : string.IsNullOrEmpty(given) ? [options.Url]
            : given.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        return addresses.Exists(address => address.StartsWith("https://", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Says in one line that the host, the port or the development certificate was asked for and is not used.</summary>
    /// <param name="app">The application, built.</param>
    /// <param name="options">Where to listen.</param>
    /// <param name="commandLine">The command line, where a default may be spelled out.</param>
    public static void WarnOfIgnoredAddress(this WebApplication app, ServerOptions options, CommandLine commandLine)
    {
        if (IgnoredAddress(app.Configuration, options, commandLine) is { } warning)
        {
            LogIgnored(app.Logger, warning);
        }
    }

    /// <summary>The line; null where nothing is ignored.</summary>
    internal static string? IgnoredAddress(IConfiguration configuration, ServerOptions options, CommandLine commandLine)
    {
        var winner =
            KestrelEndpoints.Any(configuration) ? KestrelEndpoints.Section
            // Where nothing else was given, the key holds what was made of host and port.
            : configuration["urls"] is null or "" || configuration["urls"] == options.Url ? null
            : "urls";
        var defaults = new ServerOptions();
        var ignored = new[]
        {
            (Key: $"{ServerOptions.Section}:{nameof(ServerOptions.Host)}", Differs: options.Host != defaults.Host),
            (Key: $"{ServerOptions.Section}:{nameof(ServerOptions.Port)}", Differs: options.Port != defaults.Port),
        }
            .Where(each => each.Differs || commandLine.Settings.ContainsKey(each.Key))
            .Select(each => each.Key)
            .ToList();
        if (options.DevelopmentCertificate && !ServesHttps(configuration, options))
        {
            ignored.Add($"{ServerOptions.Section}:{nameof(ServerOptions.DevelopmentCertificate)}");
        }

        return winner is null || ignored.Count == 0
            ? null
            : $"{string.Join(" and ", ignored)} given without effect, since {winner} is given too";
    }

    [LoggerMessage(LogLevel.Warning, "{Warning}", EventName = "address_ignored")]
    private static partial void LogIgnored(ILogger logger, string warning);
}
