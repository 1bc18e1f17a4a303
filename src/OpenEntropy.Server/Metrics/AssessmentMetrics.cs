using System.Diagnostics.Metrics;
using OpenEntropy.Health;
using OpenEntropy.Server.Assessment;

namespace OpenEntropy.Server.Metrics;

/// <summary>The instruments of the assessments. A source that was never assessed has no series but the two that say so.</summary>
internal static class AssessmentMetrics
{
    private const double BitsPerSample = 8;

    /// <summary>Declares the instruments.</summary>
    /// <param name="meter">The one meter.</param>
    /// <param name="snapshot">The accounts, which name the sources.</param>
    /// <param name="history">The assessments.</param>
    /// <param name="board">What makes them.</param>
    public static void Declare(Meter meter, StatusSnapshot snapshot, AssessmentHistory history, AssessmentBoard board)
    {
        meter.CreateObservableCounter(
            "openentropy_source_assessments_total",
            () => Sources(source => history.Find(source.Info.Name)?.Count ?? 0),
            unit: null,
            "Assessments of recordings, those of earlier runs of the service among them."
        );
        Gauge("openentropy_source_claim_lowered", "1 when an assessment lowered the claim.", source => source.LoweredBy is null ? 0 : 1);
        Gauge(
            "openentropy_source_assessed_min_entropy_lowest_ratio",
            "Lowest min-entropy ever assessed, bit per bit.",
            source => history.Find(source.Info.Name)?.Minimum / BitsPerSample
        );
        Gauge(
            "openentropy_source_assessed_min_entropy_p5_ratio",
            "5th percentile of the latest assessments, bit per bit; absent while there are fewer than ten.",
            source => history.Find(source.Info.Name)?.FifthPercentile / BitsPerSample
        );
        Gauge(
            "openentropy_source_last_assessment_timestamp_seconds",
            "When a recording was last assessed, Unix time.",
            source => history.Find(source.Info.Name)?.Latest.Time.ToUnixTimeMilliseconds() / 1000.0
        );
        meter.CreateObservableGauge(
            "openentropy_assessor_state",
            () => Labels.States("state", board.State),
            unit: null,
            "1 for the state the assessor is in, 0 for the others."
        );
        meter.CreateObservableCounter(
            "openentropy_assessor_cpu_seconds_total",
            () => board.ProcessorTime.TotalSeconds,
            unit: null,
            "Processor time of the assessor."
        );

        void Gauge(string name, string help, Func<EntropySourceStatus, double?> value) =>
            meter.CreateObservableGauge(name, () => Sources(value), unit: null, help);

        IEnumerable<Measurement<double>> Sources(Func<EntropySourceStatus, double?> value) =>
            from source in snapshot.Current.Sources.Where(SourceMetrics.HasCounters)
            let number = value(source)
            where number is not null
            select Labels.Of(number.Value, "source", source.Info.Name);
    }
}
