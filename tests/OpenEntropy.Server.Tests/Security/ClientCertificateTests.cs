using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Security;
using OpenEntropy.Server.Security.Certificates;
using OpenEntropy.Server.Tests.Hosting;
using Xunit;

namespace OpenEntropy.Server.Tests.Security;

/// <summary>Mutual TLS, with certificates made here.</summary>
public sealed class ClientCertificateTests : IDisposable
{
    private const string Section = "OpenEntropy:Security:ClientCertificates";
    private const string Clients = "1.3.6.1.5.5.7.3.2";
    private const string Servers = "1.3.6.1.5.5.7.3.1";

    private static readonly DateTimeOffset s_now = TimeProvider.System.GetUtcNow();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("openentropy-");
    private readonly X509Certificate2 _root = Issuer("CN=Root,O=Example");
    private readonly X509Certificate2 _stranger = Issuer("CN=Root,O=Example"); // of the same name, and another key

    private X509Certificate2? _server;

    public void Dispose()
    {
        _server?.Dispose();
        _root.Dispose();
        _stranger.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Ask_ByTls_GetsWhatTheSubjectIsFor()
    {
        await using var service = new ServerFactory(
            ("OpenEntropy:Server:DevelopmentCertificate", "true"),
            ("OpenEntropy:Security:RequireKey", "true"),
            ($"{Section}:Authority", WriteRoots(_root)),
            ($"{Section}:Subjects:0:Name", "CN=probe,O=Example"),
            ($"{Section}:Subjects:0:Scopes", "random,metrics")
        ).OnKestrel();
        service.StartServer();
        var address = new Uri(
            service.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single()
        );
        Assert.Equal("https", address.Scheme);
        _server = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(Path.Combine(service.Storage, "tls", "development.pem")));

        using var good = Client(_root, "CN=probe,O=Example");
        using var unlisted = Client(_root, "CN=other,O=Example");
        using var foreign = Client(_stranger, "CN=probe,O=Example");
        using var expired = Client(_root, "CN=probe,O=Example", until: s_now.AddDays(-1));
        await ServerFactory.UntilAsync(async () => await AskAsync(address, "/health/ready", certificate: null) == HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.OK, await AskAsync(address, "/metrics", good));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(address, "/api/v1/random?length=8", good));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(address, "/sources/nobody/retest", good, isPost: true));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(address, "/metrics", certificate: null));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(address, "/metrics", unlisted));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(address, "/metrics", foreign));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(address, "/metrics", expired));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(address, "/metrics", good, key: "oe_wrong"));
    }

    [Fact]
    public void Find_ByChainTimeUseAndSubject_IsTheCallerOrNobody()
    {
        using var between = Issuer("CN=Between,O=Example", _root);
        var authority = Authority(WriteRoots(_root, between), new ClientSubject("", "CN=probe, O=Example", Scopes.Mint));
        using var good = Client(_root, "CN=probe,O=Example");
        using var below = Client(between, "CN=probe,O=Example");
        using var foreign = Client(_stranger, "CN=probe,O=Example");
        using var forServers = Client(_root, "CN=probe,O=Example", use: Servers);
        using var forAnything = Client(_root, "CN=probe,O=Example", use: null);
        using var self = Issuer("CN=probe,O=Example");
        using var longer = Client(_root, "CN=probe,O=Example,C=DE");
        using var other = Client(_root, "CN=probe2,O=Example");
        using var quoted = Client(_root, "CN=\"probe,O=Example\"");
        using var twofold = Client(_root, "CN=probe+OU=x,O=Example");

        var caller = authority.Find(good, s_now);
        Assert.Equal((CallerKind.Certificate, "CN=probe, O=Example", Scopes.Mint), (caller!.Kind, caller.Id, caller.Scopes));
        Assert.NotNull(authority.Find(below, s_now));
        Assert.All(
            new[] { foreign, forServers, forAnything, self, longer, other, quoted, twofold },
            certificate => Assert.Null(authority.Find(certificate, s_now))
        );
    }

    [Fact]
    public void Find_WhileAConnectionLasts_EndsWithTheCertificate()
    {
        var authority = Authority(WriteRoots(_root), new ClientSubject("", "CN=probe", Scopes.Mint));
        using var certificate = Client(_root, "CN=probe", until: s_now.AddMinutes(10));

        Assert.NotNull(authority.Find(certificate, s_now));
        Assert.Equal(certificate.NotAfter.ToUniversalTime(), authority.EndOf(certificate).UtcDateTime);
        Assert.Null(authority.Find(certificate, s_now.AddMinutes(11)));
        Assert.Null(authority.Find(certificate, s_now.AddDays(-30)));
        Assert.NotNull(authority.Find(certificate, s_now.AddMinutes(9)));
    }

    [Theory]
    [InlineData("Subjects:0:Name", "probe", "Subjects:0:Name: 'probe' is no subject")]
    [InlineData("Subjects:0:Name", "", "Subjects:0:Name: '' is no subject")]
    [InlineData("Subjects:0:Scopes", "rndom", "Subjects:0:Scopes: 'rndom' is not some of random, raw, mint, operate, metrics")]
    [InlineData("Subjects:0:Scopes", "", "Subjects:0:Scopes: '' is not some of")]
    [InlineData("Authority", "", "Authority: it must name the PEM file")]
    [InlineData("Subjects:0:Nme", "x", "Subjects:0:Nme: there is no such key")]
    [InlineData("Subjects:1:Name", "CN=probe", "Subjects:1:Name: 'CN=probe' stands there twice")]
    public void Read_WrongSetting_StopsTheStartAndNamesIt(string key, string value, string message)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [$"{Section}:Authority"] = WriteRoots(_root),
            [$"{Section}:Subjects:0:Name"] = "CN=probe",
            [$"{Section}:Subjects:0:Scopes"] = "random",
        };
        values[$"{Section}:{key}"] = value;

        var failure = Assert.Throws<StartFailedException>(() =>
            ServerSettingsTests.Read([.. values.Select(each => (each.Key, each.Value))])
        );

        Assert.Contains($"{Section}:{message}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AuthorityWithoutARootOrWithoutSubjects_StopsTheStart()
    {
        using var between = Issuer("CN=Between", _root);
        var options = new ClientCertificateOptions { Authority = WriteRoots(between) };
        ClientSubject[] subjects = [new("", "CN=probe", Scopes.Mint)];

        Assert.Contains(
            "has no root",
            Assert.Throws<StartFailedException>(() => ClientAuthority.Read(options, subjects)).Message,
            StringComparison.Ordinal
        );
        options.Authority = WriteRoots(_root);
        Assert.Contains(
            "nobody is listed",
            Assert.Throws<StartFailedException>(() => ClientAuthority.Read(options, [])).Message,
            StringComparison.Ordinal
        );
        options.Authority = Path.Combine(_folder.FullName, "missing.pem");
        Assert.Contains(
            "cannot be read",
            Assert.Throws<StartFailedException>(() => ClientAuthority.Read(options, subjects)).Message,
            StringComparison.Ordinal
        );
    }

    private static ClientAuthority Authority(string path, params ClientSubject[] subjects) =>
        ClientAuthority.Read(new ClientCertificateOptions { Authority = path }, subjects)!;

    private static X509Certificate2 Issuer(string subject, X509Certificate2? by = null)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true)
        );
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        if (by is null)
        {
            return request.CreateSelfSigned(s_now.AddDays(-20), s_now.AddDays(20));
        }

        using var issued = request.Create(by, s_now.AddDays(-10), s_now.AddDays(10), Serial(subject));
        return issued.CopyWithPrivateKey(key);
    }

    private static X509Certificate2 Client(X509Certificate2 issuer, string subject, DateTimeOffset? until = null, string? use = Clients)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true)
        );
        if (use is not null)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
        }

        using var issued = request.Create(issuer, s_now.AddDays(-5), until ?? s_now.AddDays(5), Serial(subject + until + use));
        return issued.CopyWithPrivateKey(key);
    }

    private static byte[] Serial(string text) => [1, .. SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)).AsSpan(0, 12)];

    private string WriteRoots(params X509Certificate2[] certificates)
    {
        var path = Path.Combine(_folder.FullName, $"roots-{certificates.Length}-{certificates[0].Thumbprint}.pem");
        File.WriteAllText(path, string.Join('\n', certificates.Select(certificate => certificate.ExportCertificatePem())));
        return path;
    }

    private async Task<HttpStatusCode> AskAsync(
        Uri address,
        string path,
        X509Certificate2? certificate,
        string? key = null,
        bool isPost = false
    )
    {
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, shown, _, _) =>
                    shown?.GetRawCertData().AsSpan().SequenceEqual(_server!.RawData) == true,
                LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate!,
            },
        };
        using var client = new HttpClient(handler) { BaseAddress = address, Timeout = ServerFactory.Patience };
        using var request = new HttpRequestMessage(isPost ? HttpMethod.Post : HttpMethod.Get, path);
        if (key is not null)
        {
            request.Headers.Add("x-api-key", key);
        }

        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
