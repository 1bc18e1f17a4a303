using System.Diagnostics.Metrics;
using OpenEntropy.Server.Metrics;

namespace OpenEntropy.Server.Bundles;

/// <summary>The figures of bundles.</summary>
internal static class BundleMetrics
{
    /// <summary>Declares the instruments.</summary>
    /// <param name="meter">The one meter.</param>
    /// <param name="counts">The accounts.</param>
    public static void Declare(Meter meter, BundleCounts counts)
    {
        meter.CreateObservableCounter("openentropy_bundles_minted_total", () => (double)counts.Minted, unit: null, "Bundles made.");
        meter.CreateObservableCounter(
            "openentropy_bundles_refused_total",
            () => Labels.Each("reason", counts.Refused),
            unit: null,
            "Requests for bundles refused."
        );
    }
}
