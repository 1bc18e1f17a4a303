using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace OpenEntropy.Server.Tls;

/// <summary>
/// Strict-Transport-Security (RFC 6797), where it holds for a public name: over https alone (7.2), never for an address (8.1.1) or localhost, and not while
/// the development certificate is served, which nobody else can trust.
/// </summary>
/// <param name="options">For how long.</param>
/// <param name="services">Have the development certificate, where there is one.</param>
internal sealed class TransportPolicy(IOptions<TlsOptions> options, IServiceProvider services)
{
    private const string Localhost = "localhost";

    private readonly StringValues _value = services.GetService<DevelopmentCertificate>() is null ? Write(options.Value) : default;

    /// <summary>Sets the header, where it is due.</summary>
    /// <param name="context">A request that came by https.</param>
    public void Set(HttpContext context)
    {
        if (_value.Count > 0 && IsPublic(context.Request.Host.Host))
        {
            context.Response.Headers.StrictTransportSecurity = _value;
        }
    }

    /// <summary>Whether a host is a name that is not this machine's own.</summary>
    /// <param name="host">The host without its port.</param>
    internal static bool IsPublic(string host) =>
        host.Length > 0
        && !IPAddress.TryParse(host, out _)
        && !host.Equals(Localhost, StringComparison.OrdinalIgnoreCase)
        && !host.EndsWith("." + Localhost, StringComparison.OrdinalIgnoreCase);

    private static StringValues Write(TlsOptions options)
    {
        var seconds = (long)options.HstsMaxAge.TotalSeconds;
        return seconds == 0
            ? default
            : (StringValues)
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"max-age={seconds}{(options.HstsIncludeSubDomains ? "; includeSubDomains" : "")}"
                );
    }
}
