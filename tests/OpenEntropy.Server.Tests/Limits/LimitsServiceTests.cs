using System.Net;
using System.Text.Json;
using OpenEntropy.Server.Tests.Documentation;
using OpenEntropy.Server.Tests.Faults;
using OpenEntropy.Server.Tests.Security;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Limits;

/// <summary>Limits in the whole service.</summary>
public sealed class LimitsServiceTests
{
    [Fact]
    public async Task Get_AfterTheLimit_HealthAndMetricsAreServedAndTellOfIt()
    {
        await using var factory = new ServerFactory(
            ("OpenEntropy:Limits:Local", "true"),
            ("OpenEntropy:Limits:RequestsPerSecond", "1"),
            ("OpenEntropy:Limits:Burst", "2")
        )
        {
            Time = new ManualTimeProvider(),
        };
        using var client = await factory.CreateReadyClientAsync(); // by /health/ready, as often as it takes

        for (var i = 0; i < 5; i++)
        {
            var answer = await Told.OfAsync(client, "/api/v1/random?length=1&type=uint8");
            Assert.Equal(i < 2 ? HttpStatusCode.OK : HttpStatusCode.TooManyRequests, answer.Status);
        }

        foreach (var path in new[] { "/health", "/health/live", "/health/ready", "/health/startup", "/metrics" })
        {
            var answer = await Told.OfAsync(client, path);
            Assert.Equal((HttpStatusCode.OK, null), (answer.Status, answer.Limit));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await Told.OfAsync(client, "/sources")).Status);
        Assert.Equal(4, await client.MetricAsync("openentropy_limit_refusals_total{limit=\"requests\"}"));
        Assert.Equal(1, await client.MetricAsync("openentropy_limited_callers"));
        Assert.Contains("/api/v1/random: a caller (Local) has reached its limit of requests", factory.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WithoutTheKeyThatIsAskedFor_CountsToo()
    {
        await using var factory = new ServerFactory(
            ("OpenEntropy:Security:RequireKey", "true"),
            ("OpenEntropy:Security:OperatorKeyDigest", TestKey.Digest),
            ("OpenEntropy:Limits:Local", "true"),
            ("OpenEntropy:Limits:RequestsPerSecond", "1"),
            ("OpenEntropy:Limits:Burst", "2")
        )
        {
            Time = new ManualTimeProvider(),
        };
        using var client = await factory.CreateReadyClientAsync();

        var first = await Told.OfAsync(client, "/sources");
        Assert.Equal((HttpStatusCode.Unauthorized, "2", "1"), (first.Status, first.Limit, first.Remaining));
        Assert.Equal((HttpStatusCode.Unauthorized, null), await StatusAndLimitAsync(client, "/metrics")); // which is never limited
        Assert.Equal((HttpStatusCode.Unauthorized, "2"), await StatusAndLimitAsync(client, "/api/v1/random?length=1&type=uint8"));
        Assert.Equal((HttpStatusCode.TooManyRequests, "2"), await StatusAndLimitAsync(client, "/sources"));
    }

    [Fact]
    public void OpenApi_EveryRouteButThoseNeverLimited_SaysWhatA429Tells()
    {
        using var document = JsonDocument.Parse(KeptDocument.Text);

        foreach (var path in document.RootElement.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var isLimited = operation.Value.GetProperty("responses").TryGetProperty("429", out var refusal);
                Assert.Equal(path.Name is not "/metrics" && !path.Name.StartsWith("/health", StringComparison.Ordinal), isLimited);
                if (isLimited)
                {
                    Assert.Equal(
                        ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After"],
                        refusal.GetProperty("headers").EnumerateObject().Select(header => header.Name).Order(StringComparer.Ordinal)
                    );
                }
            }
        }
    }

    private static async Task<(HttpStatusCode Status, string? Limit)> StatusAndLimitAsync(HttpClient client, string path)
    {
        var answer = await Told.OfAsync(client, path);
        return (answer.Status, answer.Limit);
    }
}
