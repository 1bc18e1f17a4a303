using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OpenEntropy.Server.Tls;

/// <summary>A certificate with its key and the certificates above it, out of files as Kestrel's section names them: PEM and PEM, or PKCS #12.</summary>
internal static class CertificatePair
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1"; // RFC 5280, 4.2.1.12
    private const string PemMark = "-----BEGIN ";

    /// <summary>Reads a pair.</summary>
    /// <param name="certificate">PEM, DER or PKCS #12.</param>
    /// <param name="key">PEM; empty where the certificate's file has it.</param>
    /// <param name="password">Opens what is encrypted; null where nothing is.</param>
    /// <returns>The certificate, and what stands above it.</returns>
    /// <exception cref="CryptographicException">They are not what they should be, or not of one pair.</exception>
    public static (X509Certificate2 Certificate, X509Certificate2Collection Above) Read(
        ReadOnlySpan<byte> certificate,
        ReadOnlySpan<byte> key,
        string? password
    ) => key.IsEmpty ? ReadPkcs12(certificate, password) : ReadPem(certificate, key, password);

    /// <summary>Why a certificate must not be shown by a server now; null where it may.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="now">The time.</param>
    public static string? WhyNot(X509Certificate2 certificate, DateTimeOffset now)
    {
        var purposes = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().ToList();
        return new DateTimeOffset(certificate.NotAfter) <= now ? "the certificate has ended"
            : new DateTimeOffset(certificate.NotBefore) > now ? "the certificate is not valid yet"
            : purposes.Count > 0 && !purposes.Exists(IsForServers) ? "the certificate is not for servers"
            : null;
    }

    private static bool IsForServers(X509EnhancedKeyUsageExtension purposes) =>
        purposes.EnhancedKeyUsages.Cast<Oid>().Any(purpose => purpose.Value == ServerAuthentication);

    private static (X509Certificate2 Certificate, X509Certificate2Collection Above) ReadPkcs12(ReadOnlySpan<byte> file, string? password)
    {
        var all = X509CertificateLoader.LoadPkcs12Collection(file, password);
        var own = all.FirstOrDefault(each => each.HasPrivateKey) ?? throw new CryptographicException("the file has no private key");
        all.Remove(own);
        return (own, all);
    }

    private static (X509Certificate2 Certificate, X509Certificate2Collection Above) ReadPem(
        ReadOnlySpan<byte> certificate,
        ReadOnlySpan<byte> key,
        string? password
    )
    {
        var text = Encoding.Latin1.GetString(certificate);
        if (!text.Contains(PemMark, StringComparison.Ordinal))
        {
            using var binary = X509CertificateLoader.LoadCertificate(certificate);
            text = binary.ExportCertificatePem();
        }

        var secret = GC.AllocateUninitializedArray<char>(key.Length, pinned: true);
        try
        {
            Encoding.Latin1.GetChars(key, secret);
            var own = password is null
                ? X509Certificate2.CreateFromPem(text, secret)
                : X509Certificate2.CreateFromEncryptedPem(text, secret, password);
            var above = new X509Certificate2Collection();
            above.ImportFromPem(text);
            return (UsableKey.Of(own), above);
        }
        finally
        {
            Array.Clear(secret);
        }
    }
}
