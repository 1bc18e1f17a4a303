using System.Text.Json;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Hosting;
using Xunit;

namespace OpenEntropy.Server.Tests.Health;

public sealed class HealthBodyTests
{
    [Fact]
    public void From_DegradedPool_WritesTheContractsMembers()
    {
        var json = JsonSerializer.Serialize(HealthBody.From(SampleStatus.Pool()), ServerJson.Readable.HealthBody);

        Assert.Equal(
            """{"status":"degraded","reason":"disk_io has failed","sources_healthy":1,"sources_total":2,"raw_bytes":1001,"output_bytes":2340"""
                + ""","seed_age_seconds":0.25,"uptime_seconds":90,"deviations":["Conditioning:LeaveOut is 0"],"drills":[]}""",
            json
        );
    }

    [Fact]
    public void From_NoSeed_WritesNullAge()
    {
        var json = JsonSerializer.Serialize(HealthBody.From(SampleStatus.Pool() with { SeedAge = null }), ServerJson.Readable.HealthBody);

        Assert.Contains("\"seed_age_seconds\":null", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PoolState.Starting, 503, 503)]
    [InlineData(PoolState.Healthy, 200, 200)]
    [InlineData(PoolState.Degraded, 200, 200)]
    [InlineData(PoolState.Unhealthy, 503, 200)]
    [InlineData((PoolState)99, 503, 200)]
    public void StatusOf_EachState_IsReadyOnlyWhereItServes(PoolState state, int ready, int startup)
    {
        Assert.Equal(ready, HealthEndpoints.ReadyStatus(state));
        Assert.Equal(startup, HealthEndpoints.StartupStatus(state));
    }
}
