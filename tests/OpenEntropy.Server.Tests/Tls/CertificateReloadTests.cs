using System.Security.Authentication;
using Xunit;

namespace OpenEntropy.Server.Tests.Tls;

/// <summary>What clients are shown while the files of certificates change, and which versions of TLS they may speak.</summary>
public sealed class CertificateReloadTests : IDisposable
{
    private static readonly TimeSpan s_never = TimeSpan.FromHours(1);
    private static readonly TestCertificate s_first = TestCertificate.Make(end: 90);
    private static readonly TestCertificate s_second = TestCertificate.Make(end: 180);
    private static readonly TestCertificate s_other = TestCertificate.Make(end: 120);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("openentropy-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Connect_FilesReplaced_IsShownTheNewOneAndTheFiguresFollow()
    {
        Write("a", s_first);
        Write("b", s_other);
        await using var host = await TlsHost.StartAsync(
            s_never,
            ("Kestrel:Certificates:Default:Path", PathOf("a.pem")),
            ("Kestrel:Certificates:Default:KeyPath", PathOf("a.key")),
            ("Kestrel:Endpoints:First:Url", "https://127.0.0.1:0"),
            ("Kestrel:Endpoints:Second:Url", "https://127.0.0.1:0"),
            ("Kestrel:Endpoints:Second:Certificate:Path", PathOf("b.pem")),
            ("Kestrel:Endpoints:Second:Certificate:KeyPath", PathOf("b.key")),
            ("Kestrel:Endpoints:Third:Url", "https://127.0.0.1:0"),
            ("Kestrel:Endpoints:Third:Sni:named.example:Certificate:Path", PathOf("b.pem")),
            ("Kestrel:Endpoints:Third:Sni:named.example:Certificate:KeyPath", PathOf("b.key")),
            ("Kestrel:Endpoints:Third:Sni:*:Certificate:Path", PathOf("a.pem")),
            ("Kestrel:Endpoints:Third:Sni:*:Certificate:KeyPath", PathOf("a.key"))
        );
        await AssertShownAsync(host, s_first, s_other);
        Assert.Equal(s_first.End, host.Served.NotAfter);

        Write("a", s_second);
        host.Watch.Look();

        await AssertShownAsync(host, s_second, s_other);
        Assert.Equal(s_other.End, host.Served.NotAfter);
        Assert.Contains("Kestrel:Certificates:Default: new connections are shown", host.Logs.Text, StringComparison.Ordinal);

        // Half of a pair, as where one file was written and the other not yet.
        File.WriteAllText(PathOf("a.pem"), s_first.Certificate);
        host.Watch.Look();
        host.Watch.Look();

        await AssertShownAsync(host, s_second, s_other);
        Assert.Contains(
            host.Deviations.All,
            told => told.StartsWith("Kestrel:Certificates:Default: its files hold no certificate", StringComparison.Ordinal)
        );
        Assert.All(host.Deviations.All, told => Assert.DoesNotContain(_folder.FullName, told, StringComparison.Ordinal));
        Assert.Equal(2, host.Logs.Errors.Count); // of two entries that name the file, each once
        Assert.Equal((2, 2), (host.Counts.Loaded, host.Counts.Failed));

        Write("a", s_first);
        host.Watch.Look();

        await AssertShownAsync(host, s_first, s_other);
        Assert.Empty(host.Deviations.All);
    }

    [Fact]
    public async Task Connect_AfterAFewSeconds_IsShownTheNewOneWithoutAnybodysDoing()
    {
        Write("a", s_first);
        await using var host = await TlsHost.StartAsync(
            TimeSpan.FromMilliseconds(50),
            ("Kestrel:Certificates:Default:Path", PathOf("a.pem")),
            ("Kestrel:Certificates:Default:KeyPath", PathOf("a.key")),
            ("urls", "https://127.0.0.1:0")
        );

        Write("a", s_second);

        await ServerFactory.UntilAsync(async () => (await TlsHost.ConnectAsync(host.Ports[0])).Thumbprint == s_second.Thumbprint);
    }

    [Fact]
    public async Task Connect_Versions_AreThoseOfTodayAlone()
    {
        Write("a", s_first);
        await using var host = await TlsHost.StartAsync(
            s_never,
            ("Kestrel:Certificates:Default:Path", PathOf("a.pem")),
            ("Kestrel:Certificates:Default:KeyPath", PathOf("a.key")),
            ("urls", "https://127.0.0.1:0")
        );

        Assert.Equal(SslProtocols.Tls12, (await TlsHost.ConnectAsync(host.Ports[0], SslProtocols.Tls12)).Version);
        Assert.Equal(SslProtocols.Tls13, (await TlsHost.ConnectAsync(host.Ports[0], SslProtocols.Tls13)).Version);

        // The same hello but for the version: 1.2 is answered by a hello, the others by the alert protocol_version (RFC 8446, 6.2).
        Assert.Equal(Hello.IsAnswered, await Hello.SendAsync(host.Ports[0], version: 3));
        Assert.Equal(Hello.IsRefused, await Hello.SendAsync(host.Ports[0], version: 2));
        Assert.Equal(Hello.IsRefused, await Hello.SendAsync(host.Ports[0], version: 1));
    }

    private static async Task AssertShownAsync(TlsHost host, TestCertificate first, TestCertificate second)
    {
        var ports = host.Ports;
        Assert.Equal((first.Thumbprint, 1), Shown(await TlsHost.ConnectAsync(ports[0])));
        Assert.Equal((second.Thumbprint, 1), Shown(await TlsHost.ConnectAsync(ports[1])));
        Assert.Equal((second.Thumbprint, 1), Shown(await TlsHost.ConnectAsync(ports[2], name: "named.example")));
        Assert.Equal((first.Thumbprint, 1), Shown(await TlsHost.ConnectAsync(ports[2], name: "other.example")));
    }

    private static (string, int) Shown((string Thumbprint, int Above, SslProtocols Version) connection) =>
        (connection.Thumbprint, connection.Above);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private void Write(string name, TestCertificate pair)
    {
        File.WriteAllText(PathOf(name + ".pem"), pair.Certificate);
        File.WriteAllText(PathOf(name + ".key"), pair.Key);
    }
}
