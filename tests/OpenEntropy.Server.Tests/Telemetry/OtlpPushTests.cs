using System.Diagnostics;
using System.Net;
using Xunit;

namespace OpenEntropy.Server.Tests.Telemetry;

/// <summary>In processes of their own: what listens to activities hears those of every service in its process.</summary>
public sealed class OtlpPushTests : IDisposable
{
    private readonly DirectoryInfo _storage = Directory.CreateTempSubdirectory("openentropy-");

    public void Dispose() => _storage.Delete(recursive: true);

    [Fact]
    public async Task Push_MetricsAndTraces_ArriveWithTheResourceAndTheHeaders()
    {
        await using var collector = await Collector.StartAsync();
        var start = Start(collector.Address, "--OpenEntropy:Otlp:TraceRatio=1", "--OpenEntropy:Otlp:Headers=x-key=told");
        start.Environment["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.environment.name=testing";
        var (_, service) = await ServiceProcess.StartAsync(start, _storage.FullName);
        using (service)
        {
            using var asked = await service.Client.GetAsync(new Uri("/health/live", UriKind.Relative));
            var metrics = await collector.UntilAsync(
                "/v1/metrics",
                "openentropy_pool_available_blocks",
                "openentropy_source_state",
                "openentropy_collection_duration_seconds_bucket",
                "http.server.request.duration"
            );
            Assert.Equal("told", metrics.Key);
            Assert.Contains("deployment.environment.name", metrics.Body, StringComparison.Ordinal);
            Assert.Contains("service.version", metrics.Body, StringComparison.Ordinal);

            using var traced = new HttpRequestMessage(HttpMethod.Get, "/api/v1/random?length=3&type=uint8");
            traced.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            using var answer = await service.Client.SendAsync(traced);
            var trace = await collector.UntilAsync(
                "/v1/traces",
                "/api/v1/random",
                "\x0a\xf7\x65\x19\x16\xcd\x43\xdd\x84\x48\xeb\x21\x1c\x80\x31\x9c"
            );
            Assert.Contains("openentropy", trace.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("length=3", trace.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Push_CollectorRefuses_CostsNothingButItself()
    {
        await using var collector = await Collector.StartAsync(status: 500);
        var (_, service) = await ServiceProcess.StartAsync(Start(collector.Address), _storage.FullName);
        using (service)
        {
            await collector.UntilAsync("/v1/metrics");
            using var answer = await service.Client.GetAsync(new Uri("/api/v1/random?length=3&type=uint8", UriKind.Relative));
            using var metrics = await service.Client.GetAsync(new Uri("/metrics", UriKind.Relative));

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("openentropy_pool_available_blocks", await metrics.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private static ProcessStartInfo Start(string address, params string[] further) =>
        new(
            ServiceProcess.Command[0],
            [
                .. ServiceProcess.Command.Skip(1),
                "--OpenEntropy:Assessment:Enabled=false",
                $"--OpenEntropy:Otlp:Endpoint={address}",
                "--OpenEntropy:Otlp:Interval=00:00:01",
                .. further,
            ]
        );
}
