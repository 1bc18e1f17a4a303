using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using OpenEntropy.Server.Metrics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OpenEntropy.Server.Telemetry;

/// <summary>
/// Pushes metrics and traces by the OpenTelemetry exporter once the service has started. A collector that is gone costs what would have been pushed
/// meanwhile, and nothing else.
/// </summary>
/// <param name="options">Where to.</param>
/// <param name="factory">The application's meters.</param>
/// <param name="services">Makes <see cref="EntropyMetrics"/>, which must exist before it is read.</param>
/// <param name="lifetime">Tells when the service has started.</param>
internal sealed class OtlpPush(
    IOptions<OtlpOptions> options,
    IMeterFactory factory,
    IServiceProvider services,
    IHostApplicationLifetime lifetime
) : IHostedService, IDisposable
{
    // The source of ASP.NET Core's own activities, one a request.
    private const string RequestActivities = "Microsoft.AspNetCore";
    private const string ServiceName = "openentropy";

    private CancellationTokenRegistration _started;
    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Endpoint.Length > 0)
        {
            _started = lifetime.ApplicationStarted.Register(Begin);
        }

        return Task.CompletedTask;
    }

    /// <summary>Pushes what is left, within the time a push may take.</summary>
    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _started.Dispose();
        var timeout = (int)options.Value.Timeout.TotalMilliseconds;
        return Task.Run(
            () =>
            {
                _traces?.Shutdown(timeout);
                _metrics?.Shutdown(timeout);
            },
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _started.Dispose();
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    private void Begin()
    {
        _ = services.GetRequiredService<EntropyMetrics>();
        var resource = ResourceBuilder
            .CreateDefault() // OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME, which win
            .AddService(ServiceName, serviceVersion: typeof(EntropyPool).Assembly.GetName().Version!.ToString(3))
            .AddEnvironmentVariableDetector();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddServiceMetrics(factory)
            .AddOtlpExporter(
                (exporter, reader) =>
                {
                    Configure(exporter, "v1/metrics");
                    reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.Value.Interval.TotalMilliseconds;
                    reader.PeriodicExportingMetricReaderOptions.ExportTimeoutMilliseconds = (int)options.Value.Timeout.TotalMilliseconds;
                }
            )
            .Build();
        if (options.Value.TraceRatio > 0)
        {
            _traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource(RequestActivities)
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.Value.TraceRatio)))
                .AddOtlpExporter(exporter => Configure(exporter, "v1/traces"))
                .Build();
        }
    }

    private void Configure(OtlpExporterOptions exporter, string path)
    {
        var (given, protocol) = (options.Value.Endpoint, options.Value.Protocol);
        exporter.Protocol = protocol == OtlpProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = protocol == OtlpProtocol.Grpc ? new Uri(given) : new Uri($"{given.TrimEnd('/')}/{path}");
        exporter.TimeoutMilliseconds = (int)options.Value.Timeout.TotalMilliseconds;
        if (options.Value.Headers.Length > 0)
        {
            exporter.Headers = options.Value.Headers;
        }
    }
}
