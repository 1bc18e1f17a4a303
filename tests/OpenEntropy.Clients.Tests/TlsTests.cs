using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OpenEntropy.Clients.Tests.Checks;
using Xunit;

namespace OpenEntropy.Clients.Tests;

/// <summary>The development certificate as .NET's own client sees it.</summary>
[Collection(SharedService.Name)]
public sealed class TlsTests(CheckResults results)
{
    private static readonly Uri s_random = new("/api/v1/random?length=32&format=bytes", UriKind.Relative);

    [Fact]
    public async Task Get_CertificateTrusted_IsAnswered()
    {
        using var trusted = X509CertificateLoader.LoadCertificateFromFile(results.Setup.Server.Certificate);
        using var client = Client(trusted);
        using var answer = await client.GetAsync(s_random);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(32, (await answer.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task Get_ByTls_MetricsTellWhenTheCertificateEnds()
    {
        using var trusted = X509CertificateLoader.LoadCertificateFromFile(results.Setup.Server.Certificate);
        using var client = Client(trusted);

        var metrics = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        var end = new DateTimeOffset(trusted.NotAfter).ToUnixTimeSeconds();
        Assert.Contains($"openentropy_certificate_not_after_timestamp_seconds {end}\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NobodyTrusted_IsNotMade()
    {
        using var client = Client(trusted: null);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(s_random));

        Assert.IsType<AuthenticationException>(failure.InnerException);
    }

    [Fact]
    public void Log_Start_TellsFingerprintAndFile()
    {
        using var trusted = X509CertificateLoader.LoadCertificateFromFile(results.Setup.Server.Certificate);
        var fingerprint = BitConverter.ToString(SHA256.HashData(trusted.RawData)).Replace('-', ':');

        var line = Assert.Single(results.Setup.Server.Log, line => line.Contains(fingerprint, StringComparison.Ordinal));
        Assert.Contains(results.Setup.Server.Certificate, line, StringComparison.Ordinal);
    }

    private HttpClient Client(X509Certificate2? trusted)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        if (trusted is not null)
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { trusted },
                RevocationMode = X509RevocationMode.NoCheck,
            };
        }

        return new HttpClient(handler) { BaseAddress = new Uri(results.Setup.Server.Https) };
    }
}
