using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Tls;

namespace OpenEntropy.Server.Tests.Tls;

/// <summary>The web server as the service has it, with certificates of files and one answer.</summary>
internal sealed class TlsHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TlsHost(WebApplication app) => _app = app;

    public LogCapture Logs { get; private init; } = null!;

    public CertificateWatch Watch => _app.Services.GetServices<IHostedService>().OfType<CertificateWatch>().Single();

    public ServedCertificates Served => _app.Services.GetRequiredService<ServedCertificates>();

    public CertificateCounts Counts => _app.Services.GetRequiredService<CertificateCounts>();

    public DeviationBoard Deviations => _app.Services.GetRequiredService<DeviationBoard>();

    /// <summary>Where it listens, in the order of the names of the endpoints.</summary>
    public IReadOnlyList<int> Ports => [.. _app.Urls.Select(url => new Uri(url).Port)];

    public static async Task<TlsHost> StartAsync(TimeSpan interval, params (string Key, string Value)[] settings)
    {
        var logs = new LogCapture();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(settings.Select(each => new KeyValuePair<string, string?>(each.Key, each.Value)));
        builder.Logging.AddProvider(logs);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(Options.Create(new TlsOptions { ReloadInterval = interval }));
        builder.AddServerKestrel(new ServerOptions());
        var app = builder.Build();
        app.Run(context => context.Response.WriteAsync("well"));
        await app.StartAsync();
        return new TlsHost(app) { Logs = logs };
    }

    /// <summary>Opens a connection as a client that asks for a version and a name.</summary>
    /// <returns>The certificate that was shown, how many came above it, and the version that was agreed.</returns>
    public static async Task<(string Thumbprint, int Above, SslProtocols Version)> ConnectAsync(
        int port,
        SslProtocols versions = SslProtocols.None,
        string name = "localhost"
    )
    {
        var above = 0;
        using var limit = new CancellationTokenSource(ServiceProcess.Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = name,
                EnabledSslProtocols = versions,
                CertificateChainPolicy = new X509ChainPolicy
                {
                    DisableCertificateDownloads = true,
                    RevocationMode = X509RevocationMode.NoCheck,
                },
                RemoteCertificateValidationCallback = (_, _, chain, _) =>
                    (above = chain!.ChainPolicy.ExtraStore.Count(each => each.Subject == TestCertificate.Above)) >= 0,
            },
            limit.Token
        );
        return (((X509Certificate2)tls.RemoteCertificate!).Thumbprint, above, tls.SslProtocol);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
