using OpenEntropy.Cli.Streaming;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Cli.Tests.Streaming;

public sealed class LaterSourcesTests
{
    [Fact]
    public async Task Later_AfterAMoment_AreAllOn()
    {
        var time = new ManualTimeProvider();
        await using var pool = Pool("fast");
        var expected = Names(pool);
        using var later = new LaterSources(pool, time);
        var first = Names(pool);

        // Where a machine has too few of the first ones, none is kept off.
        Assert.True(first.Count == expected.Count || first.Count >= 3);
        Assert.Subset(expected, first);

        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(expected, Names(pool));
    }

    [Fact]
    public async Task Later_ASelectionWithoutTheFirst_IsLeftAlone()
    {
        await using var pool = Pool("timing");
        var expected = Names(pool);
        using var later = new LaterSources(pool, new ManualTimeProvider());

        Assert.Equal(expected, Names(pool));
    }

    /// <summary>Whether the machine has a source is known of each: what a test compares does not change by itself.</summary>
    private static EntropyPool Pool(string enabled)
    {
        var pool = new EntropyPool(new EntropyPoolOptions { Sources = new SourcesOptions { Enabled = enabled } });
        Assert.All(pool.Parts.Sources, source => Assert.True(source.AwaitLook(TimeSpan.FromSeconds(60)), source.Info.Name));
        return pool;
    }

    private static HashSet<string> Names(EntropyPool pool) =>
        [
            .. pool
                .Status.Sources.Where(source => source.State is not (SourceState.Disabled or SourceState.Unavailable))
                .Select(source => source.Info.Name),
        ];
}
