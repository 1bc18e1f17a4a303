using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace OpenEntropy.Server.Hosting;

/// <summary>The certificates that clients were shown, wherever they were configured: how long the first of them to end is valid.</summary>
internal sealed class ServedCertificates
{
    // By reference: the web server shows the same object each time, and comparing contents would cost every handshake.
    private readonly ConcurrentDictionary<X509Certificate2, DateTimeOffset> _ends = new(ReferenceEqualityComparer.Instance);

    /// <summary>The earliest end of their validity; null while no client has come by TLS.</summary>
    public DateTimeOffset? NotAfter => _ends.IsEmpty ? null : _ends.Values.Min();

    /// <summary>Takes note of what a client is about to be shown.</summary>
    /// <param name="handshake">The handshake.</param>
    public void Note(SslServerAuthenticationOptions handshake)
    {
        if ((handshake.ServerCertificateContext?.TargetCertificate ?? handshake.ServerCertificate) is X509Certificate2 shown)
        {
            _ends.GetOrAdd(shown, static each => new DateTimeOffset(each.NotAfter.ToUniversalTime(), TimeSpan.Zero));
        }
    }
}
