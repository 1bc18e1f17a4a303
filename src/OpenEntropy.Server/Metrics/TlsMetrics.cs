using System.Diagnostics.Metrics;
using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Server.Metrics;

/// <summary>The figures of TLS.</summary>
internal static class TlsMetrics
{
    /// <summary>Declares the instruments.</summary>
    /// <param name="meter">The one meter.</param>
    /// <param name="certificates">The certificates that were shown.</param>
    public static void Declare(Meter meter, ServedCertificates certificates) =>
        meter.CreateObservableGauge(
            "openentropy_certificate_not_after_timestamp_seconds",
            () => certificates.NotAfter?.ToUnixTimeSeconds() ?? double.NaN,
            unit: null,
            "When the first certificate to end of those shown to clients ends, Unix time; absent while no client has come by TLS."
        );
}
