using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace OpenEntropy.Server.Tests.Metrics;

public sealed class TlsMetricsTests
{
    private const string Name = "openentropy_certificate_not_after_timestamp_seconds";

    private static readonly DateTimeOffset s_end = new(2031, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Render_NobodyCameByTls_HasNoEndToTell()
    {
        using var fixture = new ScrapeFixture();

        Assert.DoesNotContain(fixture.Lines(), line => line.Contains(Name, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_TwoWereShown_TellsTheFirstToEnd()
    {
        using var fixture = new ScrapeFixture();
        using var late = Until(s_end.AddDays(9));
        using var soon = Until(s_end);
        fixture.Certificates.Show(new SslServerAuthenticationOptions { ServerCertificate = late });
        fixture.Certificates.Show(
            new SslServerAuthenticationOptions { ServerCertificateContext = SslStreamCertificateContext.Create(soon, null, offline: true) }
        );

        ScrapeFixture.AssertLine($"{Name} {s_end.ToUnixTimeSeconds()}", fixture.Lines());
    }

    [Fact]
    public void Render_ChangesOfFiles_AreCountedByTheirResult()
    {
        using var fixture = new ScrapeFixture();
        fixture.Reloads.AddLoaded();
        fixture.Reloads.AddLoaded();
        fixture.Reloads.AddFailed();
        fixture.Deviations.Set("a", "something");

        ScrapeFixture.AssertLine("openentropy_certificate_reloads_total{result=\"loaded\"} 2", fixture.Lines());
        ScrapeFixture.AssertLine("openentropy_certificate_reloads_total{result=\"failed\"} 1", fixture.Lines());
        ScrapeFixture.AssertLine($"openentropy_deviations {fixture.Status.Deviations.Count + 1}", fixture.Lines());
    }

    private static X509Certificate2 Until(DateTimeOffset end)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(s_end.AddYears(-1), end);
    }
}
