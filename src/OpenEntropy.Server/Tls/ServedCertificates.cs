using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace OpenEntropy.Server.Tls;

/// <summary>
/// Which certificate a client is shown: the one that Kestrel loaded at the start or, where its files hold another since, that one; and how long the first
/// of those shown to end is valid.
/// </summary>
internal sealed class ServedCertificates
{
    // By reference: the web server has the same object each time, and comparing contents would cost every handshake.
    private readonly ConcurrentDictionary<X509Certificate2, DateTimeOffset> _ends = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<X509Certificate2, CertificateFile> _known = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<string, CertificateFile> _files = new(StringComparer.Ordinal);

    /// <summary>The earliest end of their validity; null while no client has come by TLS.</summary>
    public DateTimeOffset? NotAfter
    {
        get
        {
            var ends = _ends.Values.Concat(_known.Values.Select(file => file.NotAfter).OfType<DateTimeOffset>()).ToList();
            return ends.Count == 0 ? null : ends.Min();
        }
    }

    /// <summary>Has a certificate stand for what its files hold from here on.</summary>
    /// <param name="file">Its files, just read.</param>
    public void Follow(CertificateFile file)
    {
        if (file.Context is { } context)
        {
            _files[context.TargetCertificate.Thumbprint] = file;
        }
    }

    /// <summary>Chooses what a client is about to be shown, and takes note of it.</summary>
    /// <param name="handshake">The handshake, as Kestrel prepared it.</param>
    public void Show(SslServerAuthenticationOptions handshake)
    {
        if ((handshake.ServerCertificateContext?.TargetCertificate ?? handshake.ServerCertificate) is not X509Certificate2 loaded)
        {
            return;
        }

        if (_known.TryGetValue(loaded, out var file) || (_files.TryGetValue(loaded.Thumbprint, out file) && _known.TryAdd(loaded, file)))
        {
            _ends.TryRemove(loaded, out _);
            handshake.ServerCertificateContext = file.Context;
            return;
        }

        _ends.GetOrAdd(loaded, static each => new DateTimeOffset(each.NotAfter.ToUniversalTime(), TimeSpan.Zero));
    }
}
