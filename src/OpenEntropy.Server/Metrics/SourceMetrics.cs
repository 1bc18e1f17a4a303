using System.Diagnostics.Metrics;
using OpenEntropy.Health;

namespace OpenEntropy.Server.Metrics;

/// <summary>The instruments that have a series per source. The catalog bounds the label <c>source</c>.</summary>
internal static class SourceMetrics
{
    // A sample is 8 bits, so an entropy in bits per sample is a ratio once divided by 8.
    private const double BitsPerSample = 8;

    // What is finer tells nothing, and would be digits of every scrape.
    private const int Decimals = 6;

    /// <summary>Declares the instruments.</summary>
    /// <param name="meter">The one meter.</param>
    /// <param name="snapshot">The accounts.</param>
    public static void Declare(Meter meter, StatusSnapshot snapshot)
    {
        var states = new SeenStates();
        DeclareStates();
        DeclareCounters();
        DeclareEntropies();

        void DeclareStates()
        {
            GaugesOf(
                "openentropy_source_state",
                "1 for the state the source is in, 0 for those it was in and for those that alerts tell of.",
                states.Of
            );
            GaugeOf("openentropy_source_healthy", "1 when the source is healthy.", source => source.Healthy ? 1 : 0);
            GaugeOf(
                "openentropy_source_startup_seconds",
                "Time collecting 1,024 samples takes, as measured last.",
                source => source.SecondsPerStartup
            );
            GaugeOf(
                "openentropy_source_last_success_timestamp_seconds",
                "When a collection last gave samples, Unix time.",
                source => source.LastSuccess?.ToUnixTimeMilliseconds() / 1000.0
            );
        }

        void DeclareCounters()
        {
            CounterOf("openentropy_source_collected_bytes_total", "Samples collected and tested.", source => source.Samples);
            CounterOf(
                "openentropy_source_diverted_bytes_total",
                "Samples diverted to raw output and to recordings.",
                source => source.RawSamples
            );
            CounterOf("openentropy_source_credited_entropy_bytes_total", "Min-entropy credited.", source => source.CreditedBits / 8);
            CounterOf("openentropy_source_collection_seconds_total", "Time spent collecting.", source => source.CollectionSeconds);
            CountersOf(
                "openentropy_source_failures_total",
                "Health test failures.",
                source => Labels.Each("test", source.Failures, ("source", source.Info.Name))
            );
            CountersOf(
                "openentropy_source_dropped_bytes_total",
                "Samples dropped; a reason other than health is absent before its first.",
                source => Labels.Each("reason", source.Dropped.Where(IsTold), ("source", source.Info.Name))
            );
        }

        // Dozens of sources times four reasons, most of which never come, would be a tenth of a scrape.
        static bool IsTold(KeyValuePair<string, long> dropped) =>
            dropped.Value > 0 || string.Equals(dropped.Key, DropReasons.Health, StringComparison.Ordinal);

        void DeclareEntropies()
        {
            GaugeOf(
                "openentropy_source_claimed_min_entropy_ratio",
                "Min-entropy in force for credit, bit per bit.",
                source => source.ClaimedMinEntropy / BitsPerSample
            );
            GaugeOf(
                "openentropy_source_assessed_min_entropy_ratio",
                "Min-entropy last assessed, bit per bit.",
                source => source.AssessedMinEntropy / BitsPerSample
            );
            GaugeOf(
                "openentropy_source_shannon_entropy_ratio",
                "Shannon entropy of the latest samples, bit per bit; for display.",
                source => Sampled(source, source.ShannonEntropy / BitsPerSample)
            );
            GaugeOf(
                "openentropy_source_min_entropy_ratio",
                "Most-common-value entropy of the latest samples, bit per bit; for display.",
                source => Sampled(source, source.MostCommonValueEntropy / BitsPerSample)
            );
            GaugeOf(
                "openentropy_source_collision_entropy_ratio",
                "Collision entropy of the latest samples, bit per bit; for display.",
                source => Sampled(source, source.CollisionEntropy / BitsPerSample)
            );
        }

        void GaugeOf(string name, string help, Func<EntropySourceStatus, double?> value) =>
            GaugesOf(name, help, source => One(source, value));

        void CounterOf(string name, string help, Func<EntropySourceStatus, double?> value) =>
            CountersOf(name, help, source => One(source, value));

        void GaugesOf(string name, string help, Func<EntropySourceStatus, IEnumerable<Measurement<double>>> values) =>
            meter.CreateObservableGauge(name, () => snapshot.Current.Sources.SelectMany(values), unit: null, help);

        void CountersOf(string name, string help, Func<EntropySourceStatus, IEnumerable<Measurement<double>>> values) =>
            meter.CreateObservableCounter(name, () => snapshot.Current.Sources.Where(HasCounters).SelectMany(values), unit: null, help);
    }

    /// <summary>Whether a source has more to show than its state: of what the machine never had, counters at 0 would be a third of a scrape.</summary>
    /// <param name="source">The source.</param>
    public static bool HasCounters(EntropySourceStatus source) => source.State != SourceState.Unavailable || source.Samples > 0;

    // A source that never gave a sample has no histogram, and 0 would be a finding.
    private static double? Sampled(EntropySourceStatus source, double entropy) => source.Samples > 0 ? entropy : null;

    private static IEnumerable<Measurement<double>> One(EntropySourceStatus source, Func<EntropySourceStatus, double?> value) =>
        value(source) is { } number ? [Labels.Of(Math.Round(number, Decimals), "source", source.Info.Name)] : [];
}
