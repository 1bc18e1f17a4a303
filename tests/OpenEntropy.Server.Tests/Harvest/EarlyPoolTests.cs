using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Server.Harvest;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Harvest;

/// <summary>The pool that is made beside the rest of the service: it is the one that would have been made later.</summary>
public sealed class EarlyPoolTests
{
    [Fact]
    public async Task Take_NothingElseAsked_HasTheCatalogAndTheSelection()
    {
        await using var pool = EarlyPool.Begin(Options("clock_jitter")).Take([], TimeProvider.System);

        Assert.Equal(SourceState.Starting, pool.FindSource("clock_jitter")!.State);
        Assert.Equal(SourceState.Disabled, pool.FindSource("os_rng")!.State);
    }

    [Fact]
    public async Task Take_SourcesOfTheCallersOwn_HasThemToo()
    {
        await using var pool = EarlyPool.Begin(Options("clock_jitter")).Take([new ScriptedNoiseSource("own")], TimeProvider.System);

        Assert.Equal(SourceState.Starting, pool.FindSource("own")!.State);
        Assert.Equal(SourceState.Starting, pool.FindSource("clock_jitter")!.State);
    }

    [Fact]
    public async Task Take_AnotherClock_GoesByIt()
    {
        var time = new ManualTimeProvider();
        await using var pool = EarlyPool.Begin(Options("clock_jitter")).Take([], time);

        Assert.Equal(time.GetUtcNow(), pool.FindSource("clock_jitter")!.Since);
    }

    [Fact]
    public void Take_OptionsThatNameNothing_SaysWhich()
    {
        var pool = EarlyPool.Begin(Options("no_such_source"));

        var refusal = Assert.Throws<EntropyConfigurationException>(() => pool.Take([], TimeProvider.System));
        Assert.Contains("no_such_source", refusal.Message, StringComparison.Ordinal);
    }

    private static EntropyPoolOptions Options(string enabled) => new() { Sources = new SourcesOptions { Enabled = enabled } };
}
