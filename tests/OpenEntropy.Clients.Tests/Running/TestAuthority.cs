using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OpenEntropy.Clients.Tests.Running;

/// <summary>A certificate authority of one test run, trusted by nobody but the programs that are told to.</summary>
internal static class TestAuthority
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    /// <summary>Writes <c>authority.pem</c>, and <c>server.pem</c> with <c>server.key</c> for a name.</summary>
    /// <param name="directory">Where to.</param>
    /// <param name="name">The host name that a client has built in.</param>
    public static void Write(string directory, string name)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test authority", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        using var authority = request.CreateSelfSigned(now - s_day, now + s_day);

        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = new CertificateRequest($"CN={name}", serverKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        server.CertificateExtensions.Add(names.Build());
        using var certificate = server.Create(authority, now - s_day, now + s_day, [1]);

        File.WriteAllText(Path.Combine(directory, "authority.pem"), authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(directory, "server.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(directory, "server.key"), serverKey.ExportPkcs8PrivateKeyPem());
    }
}
