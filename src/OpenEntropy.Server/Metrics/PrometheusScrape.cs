using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace OpenEntropy.Server.Metrics;

/// <summary>
/// Aggregates by the OpenTelemetry SDK and renders on demand. It is made once the start is over, so that no start waits for it, or by a scrape
/// before that; the duration of requests is counted from then on.
/// </summary>
internal sealed class PrometheusScrape : IDisposable
{
    /// <summary>The meter of ASP.NET Core that times requests.</summary>
    private const string HttpMeterName = "Microsoft.AspNetCore.Hosting";

    private const string HttpDuration = "http.server.request.duration";

    private static readonly double[] DurationBounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5, 30]; // seconds
    private static readonly string[] DurationLabels = ["http.route", "http.request.method", "http.response.status_code"];

    private readonly Lock _lock = new();
    private readonly StatusSnapshot _snapshot;
    private readonly PrometheusExporter _exporter = new();
    private readonly MeterProvider _provider;

    /// <summary>Begins to listen to the meters of one application.</summary>
    /// <param name="factory">The application's meters.</param>
    /// <param name="snapshot">The accounts behind <see cref="EntropyMetrics"/>.</param>
    /// <param name="metrics">Our instruments, which must exist before they are read.</param>
    public PrometheusScrape(IMeterFactory factory, StatusSnapshot snapshot, EntropyMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        _snapshot = snapshot;
        _provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(EntropyMetrics.MeterName, HttpMeterName)
            .AddView(instrument => View(instrument, factory))
            .AddReader(new BaseExportingMetricReader(_exporter))
            .Build();
    }

    /// <summary>The metrics at this moment, in Prometheus' text format 0.0.4.</summary>
    public string Render()
    {
        lock (_lock)
        {
            _snapshot.Refresh();
            return _exporter.Collect!(Timeout.Infinite)
                ? _exporter.Text
                : throw new InvalidOperationException("the metrics could not be collected");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _provider.Dispose();

    private static MetricStreamConfiguration? View(Instrument instrument, IMeterFactory factory)
    {
        // Meters are global to the process; those of another application in it (a test's) are not ours to report.
        if (instrument.Meter.Scope != factory)
        {
            return MetricStreamConfiguration.Drop;
        }

        return instrument.Name switch
        {
            HttpDuration => new ExplicitBucketHistogramConfiguration { Boundaries = DurationBounds, TagKeys = DurationLabels },
            _ when instrument is Histogram<double> or UpDownCounter<long> => MetricStreamConfiguration.Drop, // the rest of ASP.NET Core's
            _ => null,
        };
    }
}
