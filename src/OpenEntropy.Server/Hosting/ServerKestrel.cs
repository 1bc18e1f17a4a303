using System.Diagnostics.CodeAnalysis;

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
            CheckUrls(given);
            builder.WebHost.UseUrls(given);
        }
        else if (!section.GetSection("Endpoints").Exists())
        {
            builder.WebHost.UseUrls(options.Url);
        }

        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
    }

    // Kestrel takes what it cannot parse, a mistyped port even, for "all interfaces, port 80".
    private static void CheckUrls(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!TryParse(url, out var address) || !(address.IsUnixPipe || address.IsNamedPipe || ServerOptions.IsListenable(address.Host)))
            {
                throw new StartFailedException(
                    $"urls: '{url}' is not an address as http://127.0.0.1:8042, with an IP address, localhost or *"
                );
            }
        }
    }

    private static bool TryParse(string url, [NotNullWhen(true)] out BindingAddress? address)
    {
        try
        {
            address = BindingAddress.Parse(url);
            return true;
        }
        catch (FormatException)
        {
            address = null;
            return false;
        }
    }
}
