using System.Diagnostics.Metrics;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Metrics;

namespace OpenEntropy.Server.Limits;

/// <summary>The figures of limits. Whom they are of is no label.</summary>
internal static class LimitMetrics
{
    /// <summary>Declares the instruments.</summary>
    /// <param name="meter">The one meter.</param>
    /// <param name="counts">Callers refused.</param>
    /// <param name="accounts">Callers told apart.</param>
    public static void Declare(Meter meter, LimitCounts counts, CallerAccounts accounts)
    {
        // A limit that nobody has reached is left out: few services ever see one, and every scrape would be longer for it.
        meter.CreateObservableCounter(
            "openentropy_limit_refusals_total",
            () =>
                StateNames<LimitKind>
                    .All.Where(each => counts.Of(each.Key) > 0)
                    .Select(each => Labels.Of(counts.Of(each.Key), "limit", each.Value)),
            unit: null,
            "Requests and connections refused for a limit of their caller."
        );
        meter.CreateObservableGauge(
            "openentropy_limited_callers",
            () => accounts.Count,
            unit: null,
            "Callers that limits are counted for now."
        );
    }
}
