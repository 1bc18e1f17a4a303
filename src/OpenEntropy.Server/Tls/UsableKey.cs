using System.Security.Cryptography.X509Certificates;

namespace OpenEntropy.Server.Tls;

/// <summary>Windows' TLS takes no key that exists in memory alone; the detour through PKCS #12 gives it one of its own.</summary>
internal static class UsableKey
{
    /// <summary>The certificate with a key that TLS takes.</summary>
    /// <param name="certificate">With its key; it is not to be used any more.</param>
    public static X509Certificate2 Of(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
        }
    }
}
