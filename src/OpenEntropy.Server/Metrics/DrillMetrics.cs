using System.Diagnostics.Metrics;
using OpenEntropy.Server.Drills;
using OpenEntropy.Server.SelfTests;

namespace OpenEntropy.Server.Metrics;

/// <summary>The instruments of drills and self-tests. Where nothing is drilled, nothing is written of drills.</summary>
internal static class DrillMetrics
{
    /// <summary>Declares the instruments.</summary>
    /// <param name="meter">The one meter.</param>
    /// <param name="drills">The drills.</param>
    /// <param name="selfTests">The self-tests.</param>
    public static void Declare(Meter meter, DrillBoard drills, SelfTestBoard selfTests)
    {
        meter.CreateObservableGauge(
            "openentropy_drill_active",
            () =>
                drills
                    .Current.Where(run => !run.IsOverdue)
                    .GroupBy(run => run.Kind)
                    .Select(runs => Labels.Of(runs.Count(), "type", DrillNames.Of(runs.Key))),
            unit: null,
            "Drills that are on or within their bound to clear, by kind; absent where there is none."
        );
        meter.CreateObservableCounter(
            "openentropy_drills_total",
            () =>
                DrillNames
                    .All.Where(kind => drills.Begun(kind) > 0)
                    .Select(kind => Labels.Of(drills.Begun(kind), "type", DrillNames.Of(kind))),
            unit: null,
            "Drills begun since the start, by kind; absent before the first."
        );
        meter.CreateObservableGauge(
            "openentropy_source_drilled",
            () => drills.Current.Where(run => run.Source is not null && !run.IsOverdue).Select(run => Labels.Of(1, "source", run.Source!)),
            unit: null,
            "1 while a drill of the source is on or within its bound to clear; absent otherwise."
        );
        meter.CreateObservableGauge(
            "openentropy_self_tests_failed",
            () => selfTests.Failures.Count(),
            unit: null,
            "Self-tests that failed when last run."
        );
    }
}
