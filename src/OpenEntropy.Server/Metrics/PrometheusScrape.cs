using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace OpenEntropy.Server.Metrics;

/// <summary>
/// Aggregates by the OpenTelemetry SDK and renders on demand. It is made once the start is over, so that no start waits for it, or by a scrape
/// before that; requests are counted from then on.
/// </summary>
internal sealed class PrometheusScrape : IDisposable
{
    private readonly SharedWork<string> _work;
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
        _work = new SharedWork<string>(Render);
        _provider = Sdk.CreateMeterProviderBuilder().AddServiceMetrics(factory).AddReader(new BaseExportingMetricReader(_exporter)).Build();
    }

    /// <summary>The metrics in Prometheus' text format 0.0.4, at this moment or, for who comes while they are rendered, since then.</summary>
    /// <exception cref="InvalidOperationException">They could not be collected.</exception>
    public Task<string> RenderAsync() => _work.DoAsync();

    /// <inheritdoc/>
    public void Dispose() => _provider.Dispose();

    private string Render()
    {
        _snapshot.Refresh();
        return _exporter.Collect!(Timeout.Infinite)
            ? _exporter.Text
            : throw new InvalidOperationException("the metrics could not be collected");
    }
}
