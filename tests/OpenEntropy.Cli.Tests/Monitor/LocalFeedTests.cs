using OpenEntropy.Cli.Monitor.Feeds;
using OpenEntropy.Cli.Pools;
using OpenEntropy.Server.Sources;
using Xunit;

namespace OpenEntropy.Cli.Tests.Monitor;

/// <summary>The engine in this process, before it harvests.</summary>
public sealed class LocalFeedTests
{
    [Fact]
    public async Task Feed_OfAPool_HasItsFiguresAndActs()
    {
        await using var feed = new LocalFeed(Pool());

        var reading = await feed.ReadAsync(default);
        Assert.Equal("starting", reading.Sources.Single(source => source.Name == "sleep_jitter").State);
        Assert.True(reading.Sources.Count > 10);
        Assert.Equal("sleep_jitter is disabled", await feed.ActAsync("sleep_jitter", SourceAct.Disable, default));
        Assert.StartsWith(
            "sleep_jitter is disabled (disabled by the operator), so there is nothing to test",
            await feed.ActAsync("sleep_jitter", SourceAct.Retest, default),
            StringComparison.Ordinal
        );
        Assert.Equal("sleep_jitter is starting", await feed.ActAsync("sleep_jitter", SourceAct.Enable, default));
    }

    [Fact]
    public async Task TakeRaw_OfAPoolThatHasEnded_SaysWhy()
    {
        var feed = new LocalFeed(Pool());
        await feed.DisposeAsync();

        var answer = await feed.TakeRawAsync("sleep_jitter", 8, default);

        Assert.True(answer.Samples.IsEmpty);
        Assert.NotNull(answer.Why);
    }

    private static EntropyPool Pool() =>
        LocalPool.Create("sleep_jitter", static options => new EntropyPool(options), static options => options.Sources.MayEnable = "all");
}
