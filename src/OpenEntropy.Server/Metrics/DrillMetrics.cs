using System.Diagnostics.Metrics;
using OpenEntropy.Server.Drills;
using OpenEntropy.Server.SelfTests;

namespace OpenEntropy.Server.Metrics;

/// <summary>The instruments of drills and self-tests.</summary>
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
            () => DrillNames.All.Select(kind => Labels.Of(drills.Current.Count(run => run.Kind == kind), "type", DrillNames.Of(kind))),
            unit: null,
            "Drills that are on or not over yet, by kind."
        );
        meter.CreateObservableCounter(
            "openentropy_drills_total",
            () => DrillNames.All.Select(kind => Labels.Of(drills.Begun(kind), "type", DrillNames.Of(kind))),
            unit: null,
            "Drills begun since the start, by kind."
        );
        meter.CreateObservableGauge(
            "openentropy_source_drilled",
            () => drills.Current.Where(run => run.Source is not null).Select(run => Labels.Of(1, "source", run.Source!)),
            unit: null,
            "1 while a drill of the source is on or not over yet; absent otherwise."
        );
        meter.CreateObservableGauge(
            "openentropy_self_tests_failed",
            () => selfTests.Failures.Count(),
            unit: null,
            "Self-tests whose last outcome is a failure."
        );
        meter.CreateObservableCounter("openentropy_self_test_runs_total", () => selfTests.Runs, unit: null, "Runs of the self-tests.");
    }
}
