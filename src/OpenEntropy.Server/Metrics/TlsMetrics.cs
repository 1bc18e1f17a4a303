using System.Diagnostics.Metrics;
using OpenEntropy.Server.Tls;

namespace OpenEntropy.Server.Metrics;

/// <summary>The figures of TLS.</summary>
internal static class TlsMetrics
{
    /// <summary>Declares the instruments.</summary>
    /// <param name="meter">The one meter.</param>
    /// <param name="certificates">The certificates that were shown.</param>
    /// <param name="reloads">Changes of their files.</param>
    public static void Declare(Meter meter, ServedCertificates certificates, CertificateCounts reloads)
    {
        meter.CreateObservableGauge(
            "openentropy_certificate_not_after_timestamp_seconds",
            () => certificates.NotAfter?.ToUnixTimeSeconds() ?? double.NaN,
            unit: null,
            "When the first certificate to end of those shown to clients ends, Unix time; absent while no client has come by TLS."
        );
        meter.CreateObservableCounter<double>(
            "openentropy_certificate_reloads_total",
            () => [Labels.Of(reloads.Loaded, "result", "loaded"), Labels.Of(reloads.Failed, "result", "failed")],
            unit: null,
            "Changes of certificates' files: those shown to new connections since, and those that could not be used."
        );
    }
}
