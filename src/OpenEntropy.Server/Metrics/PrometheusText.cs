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

    // The one histogram that the library records times requests by these.
    private const string Route = "http.route";
    private const string NoRoute = "none";

    // Below, every whole number has digits that are its own: 2^53.
    private const double LargestWhole = 1L << 53;

    // A little more than a scrape with every source on: no copying while it grows.
    private const int Usual = 100_000;

    private readonly StringBuilder _text = new(Usual);
    private readonly HashSet<string> _families = new(StringComparer.Ordinal);

    /// <summary>Adds a metric. A second one of the same name (two meters that declare it) adds its series without a second heading.</summary>
    /// <param name="metric">The metric.</param>
    public void Add(Metric metric)
    {
        var isCounter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        var name = PrometheusNames.Family(metric.Name, metric.Unit, isCounter);
        var histogram = ObservedHistogram.FamilyOf(metric);
        var type =
            isCounter ? "counter"
            : metric.MetricType == MetricType.Histogram || histogram is not null ? "histogram"
            : "gauge";
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            if (metric.MetricType == MetricType.Histogram)
            {
                AddHeading(name, type, metric.Description);
                AddHistogram(name, in point);
            }
            else if (Value(metric.MetricType, in point) is var value && !double.IsNaN(value))
            {
                // NaN stands for "there is none now": the SDK would go on giving the last value of a series that ended.
                AddHeading(histogram ?? name, type, metric.Description);
                AddSample(name, point.Tags, value);
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

    // A group that maps its own root has a pattern with a slash at the end, which no client asks for.
    private static string TrimRoute(string route) => route.Length > 1 ? route.TrimEnd('/') : route;

    // What met no route (404, 405, the files of the documentation page) is one series per method and status.
    private static string RequestLabels(ReadOnlyTagCollection tags)
    {
        foreach (var (key, _) in tags)
        {
            if (key == Route)
            {
                return Labels(tags);
            }
        }

        var rest = Labels(tags);
        return $"{PrometheusNames.Sanitize(Route)}=\"{NoRoute}\"{(rest.Length == 0 ? "" : ",")}{rest}";
    }

    private static string Labels(ReadOnlyTagCollection tags)
    {
        var text = new StringBuilder();
        AppendLabels(text, tags);
        return text.ToString();
    }

    private static void AppendLabels(StringBuilder text, ReadOnlyTagCollection tags)
    {
        var isFirst = true;
        foreach (var (key, value) in tags)
        {
            text.Append(isFirst ? "" : ",").Append(PrometheusNames.Sanitize(key)).Append("=\"");
            var written = value as string ?? Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            text.Append(PrometheusNames.EscapeLabel(key == Route ? TrimRoute(written) : written)).Append('"');
            isFirst = false;
        }
    }

    private void AddHeading(string name, string type, string help)
    {
        if (_families.Add(name))
        {
            _text.Append("# HELP ").Append(name).Append(' ').Append(PrometheusNames.EscapeHelp(help)).Append('\n');
            _text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        }
    }

    private void AddHistogram(string name, in MetricPoint point)
    {
        var labels = RequestLabels(point.Tags);
        long cumulative = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            cumulative += bucket.BucketCount;
            AddSample($"{name}_bucket", $"{labels},le=\"{PrometheusNames.Number(bucket.ExplicitBound)}\"", cumulative);
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

        AddValue(value);
    }

    private void AddSample(string name, ReadOnlyTagCollection tags, double value)
    {
        _text.Append(name);
        if (tags.Count > 0)
        {
            _text.Append('{');
            AppendLabels(_text, tags);
            _text.Append('}');
        }

        AddValue(value);
    }

    // Most values are whole numbers, whose digits are quickly had.
    private void AddValue(double value)
    {
        _text.Append(' ');
        if (value is >= 0 and < LargestWhole && value == Math.Truncate(value))
        {
            _text.Append((long)value);
        }
        else
        {
            _text.Append(PrometheusNames.Number(value));
        }

        _text.Append('\n');
    }
}
