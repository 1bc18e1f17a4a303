using System.Net;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Faults;

/// <summary>One source of three fails: what clients see, and what they keep getting.</summary>
public sealed class SourceFaultTests : IAsyncLifetime, IDisposable
{
    private const string Name = "faulty";

    private readonly ManualTimeProvider _time = new();
    private readonly ManualResetEventSlim _released = new();
    private readonly ScriptedNoiseSource _faulty = new(Name) { Deadline = TimeSpan.FromSeconds(0.2) };
    private readonly ServerFactory _factory;

    public SourceFaultTests() =>
        _factory = new ServerFactory(
            ("OpenEntropy:Pool:Capacity", "64"),
            ("OpenEntropy:Harvest:CpuBudget", "0.2"),
            ("OpenEntropy:Randomness:AllowRaw", "true")
        )
        {
            Sources = [new("sound_a"), _faulty, new("sound_b")],
            Time = _time,
        };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _released.Set();
        await _factory.DisposeAsync();
    }

    public void Dispose()
    {
        _factory.Dispose();
        _released.Dispose();
    }

    [Theory]
    [InlineData("throws", "failed", "total_failure", "the device was unplugged")]
    [InlineData("hangs", "failed", "total_failure", "gave nothing for 0.2 s")]
    [InlineData("repeats", "permanently_failed", "rct", "failed permanently")]
    [InlineData("dies", "failed", "total_failure", "gave no sample")]
    public async Task Get_SourceFailsAfterBeingHealthy_IsToldAndTheRestGoesOn(string fault, string state, string test, string reason)
    {
        using var client = await _factory.CreateReadyClientAsync();
        await client.UntilStateAsync(Name, "healthy");
        Break(fault);
        await client.UntilStateAsync(Name, state);

        await AssertToldAsync(client, state, test, reason);
        await AssertServedFromTheRestAsync(client);
    }

    [Theory]
    [InlineData("throws", "failed", "total_failure", "the device was unplugged")]
    [InlineData("hangs", "failed", "total_failure", "did not open within 1 s")]
    [InlineData("repeats", "permanently_failed", "rct", "failed permanently")]
    [InlineData("dies", "failed", "total_failure", "it opened but gave no sample")]
    public async Task Get_SourceFailsFromTheStart_IsToldAndTheRestGoesOn(string fault, string state, string test, string reason)
    {
        Break(fault);
        using var client = await _factory.CreateReadyClientAsync();
        await client.UntilStateAsync(Name, state);

        await AssertToldAsync(client, state, test, reason);
        await AssertServedFromTheRestAsync(client);
        Assert.Equal(0, (await client.SourceAsync(Name)).GetProperty("credited_bits").GetDouble());
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("hangs")]
    [InlineData("dies")]
    public async Task Get_SourceRecovers_IsHealthyAgainAfterItsPauseAndItsStartUpTest(string fault)
    {
        using var client = await _factory.CreateReadyClientAsync();
        await client.UntilStateAsync(Name, "healthy");
        Break(fault);
        await client.UntilStateAsync(Name, "failed");
        var opened = _faulty.Opened;

        (_faulty.Failure, _faulty.Hang, _faulty.Count) = (null, null, null);
        _released.Set();
        await ServerFactory.UntilAsync(async () =>
        {
            _time.Advance(TimeSpan.FromSeconds(0.5));
            return (await client.JsonAsync("/health")).Body.Text("status") == "healthy";
        });

        Assert.True(_faulty.Opened > opened);
        var source = await client.SourceAsync(Name);
        Assert.Equal("healthy", source.Text("state"));
        Assert.Null(source.GetProperty("reason").GetString());
        Assert.True(source.GetProperty("failures").GetInt64() >= 1);
    }

    [Fact]
    public async Task Get_RawOfPermanentlyFailedSource_Is200WithItsState()
    {
        using var client = await _factory.CreateReadyClientAsync();
        Break("repeats");
        await client.UntilStateAsync(Name, "permanently_failed");

        var (status, body) = await client.JsonAsync($"/api/v1/random?raw=true&source={Name}&type=uint8&length=100");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("permanently_failed", body.Text("state"));
        Assert.All(body.GetProperty("data").EnumerateArray(), sample => Assert.Equal(9, sample.GetInt32()));
    }

    private void Break(string fault)
    {
        _ = fault switch
        {
            "throws" => (object)(_faulty.Failure = new InvalidOperationException("the device was unplugged")),
            "hangs" => _faulty.Hang = _released,
            "repeats" => _faulty.Override = _ => 9,
            "dies" => _faulty.Count = 0,
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
    }

    private static async Task AssertToldAsync(HttpClient client, string state, string test, string reason)
    {
        var source = await client.SourceAsync(Name);
        Assert.Equal(state, source.Text("state"));
        Assert.False(source.GetProperty("healthy").GetBoolean());
        Assert.Contains(reason, source.Text("reason"), StringComparison.Ordinal);
        Assert.True(source.GetProperty("failures_by_test").GetProperty(test).GetInt64() >= 1);

        var (status, health) = await client.JsonAsync("/health");
        Assert.Equal((HttpStatusCode.OK, "degraded"), (status, health.Text("status")));
        Assert.Contains($"{Name}: ", health.Text("reason"), StringComparison.Ordinal);
        Assert.Contains(reason, health.Text("reason"), StringComparison.Ordinal);

        Assert.True(await client.MetricAsync($"openentropy_source_failures_total{{source=\"{Name}\",test=\"{test}\"}}") >= 1);
        Assert.Equal(1, await client.MetricAsync($"openentropy_source_state{{source=\"{Name}\",state=\"{state}\"}}"));
        Assert.Equal(1, await client.MetricAsync("openentropy_state{state=\"degraded\"}"));
    }

    private static async Task AssertServedFromTheRestAsync(HttpClient client)
    {
        var credited = (await client.SourceAsync(Name)).GetProperty("credited_bits").GetDouble();
        var produced = await client.MetricAsync("openentropy_pool_produced_blocks_total");
        await ServerFactory.UntilAsync(async () => await client.MetricAsync("openentropy_pool_produced_blocks_total") > produced + 3);
        foreach (var route in Door.OutputRoutes())
        {
            using var answer = await client.GetAsync(new Uri(route, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(credited, (await client.SourceAsync(Name)).GetProperty("credited_bits").GetDouble());
    }
}
