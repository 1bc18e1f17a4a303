using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OpenEntropy.Server.Tests.Tls;

/// <summary>A certificate with its key, as files have them.</summary>
/// <param name="Certificate">The certificate and the one above it, PEM.</param>
/// <param name="Key">The key, PEM.</param>
/// <param name="EncryptedKey">The same under <see cref="Password"/>.</param>
/// <param name="Pkcs12">Both under <see cref="Password"/>.</param>
/// <param name="Thumbprint">Of the certificate.</param>
/// <param name="End">When it ends.</param>
internal sealed record TestCertificate(
    string Certificate,
    string Key,
    string EncryptedKey,
    byte[] Pkcs12,
    string Thumbprint,
    DateTimeOffset End
)
{
    public const string Password = "a password of tests";

    /// <summary>Who signed it, and stands behind it in the file.</summary>
    public const string Above = "CN=intermediate of tests";

    private static readonly PbeParameters s_encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);

    /// <param name="end">Days from now; it begins a year before.</param>
    /// <param name="purpose">1: for servers.</param>
    public static TestCertificate Make(double end = 90, int purpose = 1)
    {
        var until = TimeProvider.System.GetUtcNow().AddDays(end);
        until = new DateTimeOffset(until.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = Authority("CN=root of tests", rootKey).CreateSelfSigned(until.AddYears(-2), until.AddYears(2));
        using var aboveKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var above = Authority(Above, aboveKey).Create(root, until.AddYears(-2), until.AddYears(1), [8, 7, 6, 5]);
        using var signer = above.CopyWithPrivateKey(aboveKey);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid($"1.3.6.1.5.5.7.3.{purpose}")], critical: false));
        using var signed = request.Create(signer, until.AddYears(-1), until, [1, 2, 3, 4, 5, 6, 7, 8]);
        using var own = signed.CopyWithPrivateKey(key);
        return new TestCertificate(
            signed.ExportCertificatePem() + "\n" + above.ExportCertificatePem() + "\n",
            key.ExportPkcs8PrivateKeyPem(),
            key.ExportEncryptedPkcs8PrivateKeyPem(Password, s_encryption),
            own.Export(X509ContentType.Pkcs12, Password),
            own.Thumbprint,
            until
        );
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        return request;
    }
}
