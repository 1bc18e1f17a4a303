using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Tls;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Tls;

/// <summary>The certificate that is made on demand: for whom, for how long, and who may read its key.</summary>
public sealed class DevelopmentCertificateTests : IDisposable
{
    private readonly DirectoryInfo _storage = Directory.CreateTempSubdirectory("openentropy-");
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _storage.Delete(recursive: true);

    [Fact]
    public void LoadOrCreate_Nothing_MakesOneForThisMachinesOwnNames()
    {
        using var certificate = Load();

        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal(["localhost"], names.EnumerateDnsNames());
        Assert.Equal(["127.0.0.1", "::1"], names.EnumerateIPAddresses().Select(address => address.ToString()));
        using var key = certificate.GetECDsaPrivateKey();
        Assert.NotNull(key);
        Assert.Equal("06082A8648CE3D030107", Convert.ToHexString(certificate.PublicKey.EncodedParameters?.RawData ?? [])); // the OID of P-256, RFC 5480
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromDays(365), new DateTimeOffset(certificate.NotAfter));
        Assert.True(new DateTimeOffset(certificate.NotBefore) < _time.GetUtcNow());
        Assert.False(certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
    }

    [Fact]
    public void LoadOrCreate_Files_AreTheOwnersAlone()
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        Load().Dispose();

        Assert.True(File.Exists(FileOf("development.key")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(Owner, File.GetUnixFileMode(FileOf("development.key")));
            Assert.Equal(Owner, File.GetUnixFileMode(FileOf("development.pem")));
            Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(_storage.FullName, "tls")));
        }
    }

    [Fact]
    public void LoadOrCreate_Path_IsThePublicHalfThatTheFingerprintTells()
    {
        var made = DevelopmentCertificate.LoadOrCreate(_storage.FullName, _time);
        using var served = made.Certificate;
        using var trusted = X509CertificateLoader.LoadCertificateFromFile(made.Path);

        Assert.Equal(FileOf("development.pem"), made.Path);
        Assert.DoesNotContain("PRIVATE", File.ReadAllText(made.Path), StringComparison.Ordinal);
        Assert.Equal(served.RawData, trusted.RawData);
        Assert.Equal(SHA256.HashData(trusted.RawData), Convert.FromHexString(made.Fingerprint.Replace(":", "", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(334, true)]
    [InlineData(336, false)]
    [InlineData(400, false)]
    [InlineData(-1, false)]
    public void LoadOrCreate_DaysLater_IsTheSameUntilItIsAboutToEnd(int days, bool same)
    {
        using var first = Load();
        _time.Advance(TimeSpan.FromDays(days));

        using var second = Load();

        Assert.Equal(same, first.Thumbprint == second.Thumbprint);
        Assert.True(new DateTimeOffset(second.NotAfter) - _time.GetUtcNow() > TimeSpan.FromDays(30));
    }

    [Theory]
    [InlineData("development.pem", "")]
    [InlineData("development.key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    [InlineData("development.key", null)]
    public void LoadOrCreate_DamagedOrMissing_IsMadeAnew(string file, string? content)
    {
        using var first = Load();
        File.Delete(FileOf(file));
        if (content is not null)
        {
            File.WriteAllText(FileOf(file), content);
        }

        using var second = Load();
        using var third = Load();

        Assert.NotEqual(first.Thumbprint, second.Thumbprint);
        Assert.Equal(second.Thumbprint, third.Thumbprint);
    }

    [Fact]
    public void LoadOrCreate_KeyOfAnother_IsMadeAnew()
    {
        using var first = Load();
        using (var other = ECDsa.Create(ECCurve.NamedCurves.nistP256))
        {
            File.WriteAllText(FileOf("development.key"), other.ExportPkcs8PrivateKeyPem());
        }

        using var second = Load();

        Assert.NotEqual(first.Thumbprint, second.Thumbprint);
    }

    [Fact]
    public void LoadOrCreate_NoDirectoryCanBeMade_NamesTheKey()
    {
        var file = Path.Combine(_storage.FullName, "file");
        File.WriteAllText(file, "");

        var failure = Assert.Throws<StartFailedException>(() => DevelopmentCertificate.LoadOrCreate(file, _time));

        Assert.StartsWith("OpenEntropy:Server:DevelopmentCertificate: ", failure.Message, StringComparison.Ordinal);
    }

    private string FileOf(string name) => Path.Combine(_storage.FullName, "tls", name);

    private X509Certificate2 Load() => DevelopmentCertificate.LoadOrCreate(_storage.FullName, _time).Certificate;
}
