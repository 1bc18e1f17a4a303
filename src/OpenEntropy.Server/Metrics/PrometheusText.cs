using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace OpenEntropy.Server.Metrics;

/// <summary>Writes aggregated metrics in Prometheus' text format 0.0.4, each family once with its help and type.</summary>
internal sealed class PrometheusText
{
    /// <summary>The media type of the format.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();
    private readonly HashSet<string> _families = new(StringComparer.Ordinal);

    /// <summary>Adds a metric. A second one of the same name (two meters that declare it) adds its series without a second heading.</summary>
    /// <param name="metric">The metric.</param>
    public void Add(Metric metric)
    {
        var isCounter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        var name = PrometheusNames.Family(metric.Name, metric.Unit, isCounter);
        var type =
            isCounter ? "counter"
            : metric.MetricType == MetricType.Histogram ? "histogram"
            : "gauge";
        if (_families.Add(name))
        {
            _text.Append("# HELP ").Append(name).Append(' ').Append(PrometheusNames.EscapeHelp(metric.Description)).Append('\n');
            _text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        }

        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            if (metric.MetricType == MetricType.Histogram)
            {
                AddHistogram(name, in point);
            }
            else
            {
                AddSample(name, Labels(point.Tags), Value(metric.MetricType, in point));
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static double Value(MetricType type, in MetricPoint point) =>
        type switch
        {
            MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
            MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
            MetricType.LongGauge => point.GetGaugeLastValueLong(),
            MetricType.DoubleGauge => point.GetGaugeLastValueDouble(),
            _ => throw new NotSupportedException($"metrics of type {type} cannot be written"),
        };

    private static string Labels(ReadOnlyTagCollection tags)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in tags)
        {
            text.Append(text.Length == 0 ? "" : ",");
            text.Append(PrometheusNames.Sanitize(key)).Append("=\"");
            text.Append(PrometheusNames.EscapeLabel(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")).Append('"');
        }

        return text.ToString();
    }

    private void AddHistogram(string name, in MetricPoint point)
    {
        var labels = Labels(point.Tags);
        var separator = labels.Length == 0 ? "" : ",";
        long cumulative = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            cumulative += bucket.BucketCount;
            AddSample($"{name}_bucket", $"{labels}{separator}le=\"{PrometheusNames.Number(bucket.ExplicitBound)}\"", cumulative);
        }

        AddSample($"{name}_sum", labels, point.GetHistogramSum());
        AddSample($"{name}_count", labels, point.GetHistogramCount());
    }

    private void AddSample(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0)
        {
            _text.Append('{').Append(labels).Append('}');
        }

        _text.Append(' ').Append(PrometheusNames.Number(value)).Append('\n');
    }
}
