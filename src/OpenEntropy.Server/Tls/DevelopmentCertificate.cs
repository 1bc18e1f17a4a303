using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Server.Tls;

/// <summary>
/// A self-signed certificate for this machine's own names, made when there is none and kept in <c>tls</c> below the storage directory. Its key comes from
/// the framework, not from the pool: it is needed before the first seed, and keys of TLS are no output of this service.
/// </summary>
/// <param name="Certificate">The certificate with its key, ECDSA over P-256.</param>
/// <param name="Path">The PEM file without the key: what a client has to trust.</param>
internal sealed record DevelopmentCertificate(X509Certificate2 Certificate, string Path)
{
    private const string Folder = "tls";
    private const string CertificateFile = "development.pem";
    private const string KeyFile = "development.key";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private static readonly TimeSpan s_validity = TimeSpan.FromDays(365);

    /// <summary>One that ends within this time is replaced at the next start.</summary>
    private static readonly TimeSpan s_renewal = TimeSpan.FromDays(30);

    /// <summary>Clients whose clock is behind by less accept a new one at once.</summary>
    private static readonly TimeSpan s_skew = TimeSpan.FromHours(1);

    /// <summary>SHA-256 of the certificate, as <c>openssl x509 -fingerprint -sha256</c> prints it.</summary>
    public string Fingerprint => BitConverter.ToString(Certificate.GetCertHash(HashAlgorithmName.SHA256)).Replace('-', ':');

    /// <summary>The certificate of an earlier start, or a new one where that is missing, damaged or about to end.</summary>
    /// <param name="storage">The storage directory, an absolute path.</param>
    /// <param name="time">The wall clock.</param>
    /// <exception cref="StartFailedException">The files cannot be read or written, or others may write where they are.</exception>
    public static DevelopmentCertificate LoadOrCreate(string storage, TimeProvider time)
    {
        var folder = System.IO.Path.Combine(storage, Folder);
        var certificate = System.IO.Path.Combine(folder, CertificateFile);
        var key = System.IO.Path.Combine(folder, KeyFile);
        try
        {
            StorageDirectory.Create(storage);
            StorageDirectory.Create(folder);
            if (Load(certificate, key, time.GetUtcNow()) is not { } usable)
            {
                usable = Create(time.GetUtcNow());
                Save(usable, certificate, key);
            }

            return new DevelopmentCertificate(UsableKey.Of(usable), certificate);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartFailedException(
                $"{ServerOptions.Section}:{nameof(ServerOptions.DevelopmentCertificate)}: it is kept below the storage directory: {exception.Message}"
            );
        }
    }

    private static X509Certificate2? Load(string certificate, string key, DateTimeOffset now)
    {
        if (!File.Exists(certificate) || !File.Exists(key))
        {
            return null;
        }

        try
        {
            var loaded = X509Certificate2.CreateFromPemFile(certificate, key);
            if (new DateTimeOffset(loaded.NotBefore) <= now && new DateTimeOffset(loaded.NotAfter) - now > s_renewal)
            {
                return loaded;
            }

            loaded.Dispose();
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            // Damaged, or of two pairs: what a start can make anew must not stop it.
        }

        return null;
    }

    private static X509Certificate2 Create(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost, O=OpenEntropy development", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(now - s_skew, now + s_validity);
    }

    // The key first: a certificate that clients already trust must never be there without it.
    private static void Save(X509Certificate2 made, string certificate, string key)
    {
        using var signer = made.GetECDsaPrivateKey()!;
        var text = signer.ExportPkcs8PrivateKeyPem();
        var bytes = Encoding.ASCII.GetBytes(text);
        try
        {
            PrivateFile.Replace(key, bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }

        PrivateFile.Replace(certificate, Encoding.ASCII.GetBytes(made.ExportCertificatePem() + "\n"));
    }
}
