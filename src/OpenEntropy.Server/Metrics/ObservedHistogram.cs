using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace OpenEntropy.Server.Metrics;

/// <summary>
/// A histogram that is read from accounts. The library has none: its histograms are recorded value by value, on the thread that measured. This one is
/// three observed sums, named as Prometheus names the parts, and <see cref="PrometheusText"/> writes them as one family; by OTLP they go out as they are.
/// </summary>
internal static class ObservedHistogram
{
    private const string Bound = "le";
    private const int Decimals = 6;

    private static readonly string[] s_parts = ["_bucket", "_sum", "_count"];

    /// <summary>Declares the instruments.</summary>
    /// <param name="meter">The one meter.</param>
    /// <param name="name">The family's name.</param>
    /// <param name="help">Its help text.</param>
    /// <param name="label">What tells its histograms apart.</param>
    /// <param name="read">Reads them.</param>
    public static void Declare(Meter meter, string name, string help, string label, Func<IEnumerable<HistogramReading>> read)
    {
        Declare(s_parts[0], reading => Buckets(label, reading));
        Declare(s_parts[1], reading => [Labels.Of(Math.Round(reading.Sum, Decimals), label, reading.Label)]);
        Declare(s_parts[2], reading => [Labels.Of(reading.Counts.Sum(), label, reading.Label)]);

        void Declare(string part, Func<HistogramReading, IEnumerable<Measurement<double>>> values) =>
            meter.CreateObservableUpDownCounter(name + part, () => read().SelectMany(values), unit: null, help);
    }

    /// <summary>The family a metric is a part of.</summary>
    /// <param name="metric">The metric.</param>
    /// <returns>Null where it is none.</returns>
    public static string? FamilyOf(Metric metric) =>
        metric.MetricType == MetricType.DoubleSumNonMonotonic
        && s_parts.FirstOrDefault(part => metric.Name.EndsWith(part, StringComparison.Ordinal)) is { } part
            ? metric.Name[..^part.Length]
            : null;

    private static IEnumerable<Measurement<double>> Buckets(string label, HistogramReading reading)
    {
        long cumulative = 0;
        for (var i = 0; i < reading.Counts.Count; i++)
        {
            cumulative += reading.Counts[i];
            var bound = i < reading.Bounds.Count ? reading.Bounds[i] : double.PositiveInfinity;
            yield return Labels.Of(cumulative, Bound, PrometheusNames.Number(bound), (label, reading.Label));
        }
    }
}

/// <summary>One histogram of a family at one moment.</summary>
/// <param name="Label">Its label's value.</param>
/// <param name="Bounds">The most each bucket but the last takes, ascending.</param>
/// <param name="Counts">What is in each bucket, one more than bounds.</param>
/// <param name="Sum">All values together.</param>
internal sealed record HistogramReading(string Label, IReadOnlyList<double> Bounds, IReadOnlyList<long> Counts, double Sum);
