using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace OpenEntropy.Server.Metrics;

/// <summary>What the service measures of itself, wherever it is sent: its own meter, and of ASP.NET Core's the requests.</summary>
internal static class MetricViews
{
    /// <summary>The meter of ASP.NET Core that times requests.</summary>
    private const string HttpMeterName = "Microsoft.AspNetCore.Hosting";

    private const string HttpDuration = "http.server.request.duration";
    private const string HttpActive = "http.server.active_requests";

    private static readonly double[] DurationBounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5, 30]; // seconds
    private static readonly string[] DurationLabels = ["http.route", "http.request.method", "http.response.status_code"];

    /// <summary>Listens to them.</summary>
    /// <param name="builder">What reads.</param>
    /// <param name="factory">The application's meters.</param>
    public static MeterProviderBuilder AddServiceMetrics(this MeterProviderBuilder builder, IMeterFactory factory) =>
        builder.AddMeter(EntropyMetrics.MeterName, HttpMeterName).AddView(instrument => View(instrument, factory));

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
            HttpActive => new MetricStreamConfiguration { TagKeys = [] },
            _ when instrument is Histogram<double> or UpDownCounter<long> => MetricStreamConfiguration.Drop, // the rest of ASP.NET Core's
            _ => null,
        };
    }
}
