using OpenEntropy.Server.Health;
using OpenEntropy.Server.Tests.Faults;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Health;

public sealed class SharedStatusTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly SharedStatus _status;
    private int _mark;
    private int _taken;

    public SharedStatusTests() => _status = new SharedStatus(() => SampleStatus.Pool() with { RawBytes = ++_taken }, () => _mark, _time);

    [Fact]
    public async Task TakeAsync_WithinTheAge_TakesTheAccountsOnce()
    {
        Assert.Equal(1, (await _status.TakeAsync()).RawBytes);
        _time.Advance(SharedStatus.MaximumAge - TimeSpan.FromTicks(1));
        Assert.Equal(1, (await _status.TakeAsync()).RawBytes);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(2, (await _status.TakeAsync()).RawBytes);
    }

    [Fact]
    public async Task TakeAsync_StateMayHaveChanged_TakesThemAtOnce()
    {
        Assert.Equal(1, (await _status.TakeAsync()).RawBytes);
        _mark = 1;
        Assert.Equal(2, (await _status.TakeAsync()).RawBytes);
        _mark = 0;
        Assert.Equal(3, (await _status.TakeAsync()).RawBytes);
    }

    [Fact]
    public async Task TakeAsync_StateComesAndGoesWhileTheyAreTaken_TellsItToNobodyLater()
    {
        var status = new SharedStatus(Read, () => _mark, _time);
        Assert.Equal(1, (await status.TakeAsync()).RawBytes);
        _mark = 0;
        Assert.Equal(2, (await status.TakeAsync()).RawBytes);

        EntropyPoolStatus Read()
        {
            _mark = 1;
            return SampleStatus.Pool() with { RawBytes = ++_taken };
        }
    }

    [Fact]
    public async Task Get_SourcesAreSwitchedOff_IsSeenAtOnceByAClockThatStandsStill()
    {
        const string Reason = "1 credited noise source is selected";
        await using var factory = new ServerFactory { Time = new ManualTimeProvider() };
        using var client = await factory.CreateReadyClientAsync();
        Assert.DoesNotContain(Reason, await client.GetStringAsync("/health"), StringComparison.Ordinal);

        foreach (var source in new[] { "scripted_b", "scripted_c" })
        {
            using var off = await client.PostAsync(new Uri($"/sources/{source}/disable", UriKind.Relative), content: null);
            Assert.True(off.IsSuccessStatusCode);
        }

        var (_, health) = await client.JsonAsync("/health");
        Assert.Equal("degraded", health.Text("status"));
        Assert.Contains(Reason, health.Text("reason"), StringComparison.Ordinal);
        Assert.Equal("degraded", (await client.JsonAsync("/health/ready")).Body.Text("status"));
    }
}
