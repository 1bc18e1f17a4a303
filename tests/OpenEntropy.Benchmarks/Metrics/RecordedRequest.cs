using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OpenEntropy.Server.Metrics;
using OpenEntropy.Server.Randomness;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace OpenEntropy.Benchmarks.Metrics;

/// <summary>What one request records, by the library and the views of the service: one more in flight, one less, how long it took, the bytes.</summary>
internal sealed class RecordedRequest : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterProvider _provider;
    private readonly UpDownCounter<long> _active;
    private readonly Histogram<double> _duration;
    private readonly ServedBytes _served = new();

    /// <summary>Begins to listen.</summary>
    public RecordedRequest()
    {
        var factory = _services.GetRequiredService<IMeterFactory>();
        _provider = Sdk.CreateMeterProviderBuilder()
            .AddServiceMetrics(factory)
            .AddReader(new BaseExportingMetricReader(new PrometheusExporter()))
            .Build();
        var meter = factory.Create("Microsoft.AspNetCore.Hosting");
        _active = meter.CreateUpDownCounter<long>("http.server.active_requests", "{request}");
        _duration = meter.CreateHistogram<double>("http.server.request.duration", "s");
    }

    /// <summary>Records as the web server does for a request of <c>/api/v1/random</c>, with the labels that it gives.</summary>
    public void Record()
    {
        _active.Add(1, new("url.scheme", "http"), new("http.request.method", "GET"));
        _served.As(ServedType.UInt8).Add(PoolOutput.Drbg, 1024);
        var tags = new TagList
        {
            { "url.scheme", "http" },
            { "network.protocol.version", "1.1" },
            { "http.request.method", "GET" },
            { "http.response.status_code", 200 },
            { "http.route", "/api/v1/random" },
        };
        _duration.Record(0.00003, tags);
        _active.Add(-1, new("url.scheme", "http"), new("http.request.method", "GET"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _provider.Dispose();
        _services.Dispose();
    }
}
