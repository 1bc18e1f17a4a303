using OpenEntropy.Drbg;
using OpenEntropy.Pool;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Drbg;

public sealed class GeneratorReseedTests : IDisposable
{
    private readonly GeneratorBench _bench = new();
    private readonly Generator _generator;

    public GeneratorReseedTests()
    {
        _bench.AddBlocks(1);
        _generator = _bench.Create();
    }

    public void Dispose()
    {
        _generator.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public void TryFill_PastTheInterval_ReseedsWhenThereIsABlockAndGoesOnWhenNot()
    {
        var reference = new ReferenceCtrDrbg(_bench.Block(1), _bench.Personalization);
        Assert.Equal(reference.Generate(16, _bench.OsRandom(1)), Filled());
        _bench.Time.Advance(_bench.Options.ReseedInterval);
        Assert.Equal(reference.Generate(16, _bench.OsRandom(2)), Filled());
        Assert.Equal(0, Seedings(SeedCause.Interval));

        _bench.AddBlocks(2);
        reference.Reseed(_bench.Block(2), []);
        Assert.Equal(reference.Generate(16, _bench.OsRandom(3)), Filled());
        Assert.Equal(1, Seedings(SeedCause.Interval));
        _bench.AddBlocks(3);
        Filled();
        Assert.Equal(1, Seedings(SeedCause.Interval));
    }

    [Fact]
    public void TryFill_PastTheMaximumSeedAge_Refuses()
    {
        Filled();
        _bench.Time.Advance(_bench.Options.MaximumSeedAge);
        Filled();
        Assert.Equal(_bench.Options.MaximumSeedAge, _generator.SeedAge);
        _bench.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(_generator.SeedAge);
        GeneratorTests.AssertRefused(_generator);
        _bench.AddBlocks(2);
        Filled();
        Assert.Equal(1, Seedings(SeedCause.Age));
    }

    [Fact]
    public void SeedAge_OfABlockThatWaitedInThePool_CountsFromItsCompletion()
    {
        _bench.Time.Advance(TimeSpan.FromMinutes(9));
        Filled();
        Assert.Equal(TimeSpan.FromMinutes(9), _generator.SeedAge);
        _bench.Time.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromTicks(1));
        GeneratorTests.AssertRefused(_generator);
    }

    [Fact]
    public void TryFill_AfterAResume_WaitsForALaterBlockAndStartsAnewWithIt()
    {
        Filled();
        _bench.AddBlocks(2);
        _bench.Clocks = (20_000_000, 20_000_000);
        GeneratorTests.AssertRefused(_generator);
        Assert.Equal(1, _bench.Pool.Counts.Discarded);
        Assert.Null(_generator.SeedAge);

        _bench.Pool.Add(_bench.Block(3), epoch: 0);
        GeneratorTests.AssertRefused(_generator);
        _bench.Pool.Add(_bench.Block(4), epoch: 1);

        // Instantiated, not reseeded: nothing of the state from before takes part.
        var expected = new ReferenceCtrDrbg(_bench.Block(4), _bench.Personalization).Generate(16, _bench.OsRandom(2));
        Assert.Equal(expected, Filled());
        Assert.Equal(1, Seedings(SeedCause.Resume));
    }

    [Fact]
    public void TryFill_BySignOfAnother_WaitsForALaterBlockToo()
    {
        Filled();
        _bench.AddBlocks(2);
        _bench.Watch.Sign();
        GeneratorTests.AssertRefused(_generator);
        _bench.AddBlocks(3);
        Filled();
        Assert.Equal(1, Seedings(SeedCause.Resume));
    }

    [Fact]
    public void TryFill_Fresh_ReseedsBeforeEveryGenerateCall()
    {
        _bench.AddBlocks(2, 3);
        var reference = new ReferenceCtrDrbg(_bench.Block(3), _bench.Personalization);
        List<byte> expected = [.. reference.Generate(65_536, _bench.OsRandom(1))];
        reference.Reseed(_bench.Block(2), []);
        expected.AddRange(reference.Generate(10, _bench.OsRandom(2)));
        Assert.Equal(expected, FilledFresh(_bench, _generator, 65_546));
        Assert.Equal((1, 1), (Seedings(SeedCause.Instantiate), Seedings(SeedCause.Fresh)));
    }

    [Fact]
    public void TryFillFresh_ResumedSinceTheSeedsWereTaken_GivesNothingAndCountsThemAsDiscarded()
    {
        _bench.AddBlocks(2);
        using (var seeds = new ReservedBlocks(_bench.Pool, _bench.Watch, 2))
        {
            Assert.True(seeds.TryTakeYoungest());
            _bench.Clocks = (20_000_000, 20_000_000);
            var destination = ScriptedBytes.Of(65_537, 4);
            Assert.False(_generator.TryFillFresh(destination, seeds));
            Assert.Equal(-1, destination.AsSpan().IndexOfAnyExcept((byte)0));
        }

        Assert.Equal((0L, 2L), (_bench.Pool.Counts.Used, _bench.Pool.Counts.Discarded));
    }

    [Fact]
    public void TryFillFresh_OlderSeedLast_IsAsOldAsThatSeed()
    {
        _bench.Time.Advance(TimeSpan.FromMinutes(1));
        _bench.AddBlocks(2);
        FilledFresh(_bench, _generator, 65_537);
        Assert.Equal(TimeSpan.FromMinutes(1), _generator.SeedAge);
    }

    [Fact]
    public void TryFill_OfAStolenState_IsUnknownAfterOneReseed()
    {
        // The thief has the whole state and even the operating system's bytes, but not the next block.
        using var thief = new GeneratorBench();
        thief.AddBlocks(1);
        using var stolen = thief.Create();
        Assert.Equal(Filled(), GeneratorTests.Filled(stolen, 16));
        _bench.AddBlocks(2);
        thief.AddBlocks(3);
        Assert.NotEqual(FilledFresh(_bench, _generator, 16), FilledFresh(thief, stolen, 16));
    }

    [Fact]
    [Trait("Category", "Long")]
    public void TryFill_AfterOneGibibyte_RequiresASeed()
    {
        var destination = new byte[1 << 24];
        for (long given = 0; given < ReseedPolicy.MaximumBytes; given += destination.Length)
            Assert.True(_generator.TryFill(destination));
        AssertLimitReached();
    }

    [Fact]
    [Trait("Category", "Long")]
    public void TryFill_After1048576Requests_RequiresASeed()
    {
        for (var i = 0; i < ReseedPolicy.MaximumRequests; i++)
            Assert.True(_generator.TryFill([]));
        AssertLimitReached();
    }

    private void AssertLimitReached()
    {
        GeneratorTests.AssertRefused(_generator);
        _bench.AddBlocks(2);
        Filled();
        Assert.Equal(1, Seedings(SeedCause.Limit));
    }

    private static byte[] FilledFresh(GeneratorBench bench, Generator generator, int length)
    {
        using var seeds = new ReservedBlocks(bench.Pool, bench.Watch, Generator.CallsFor(length));
        Assert.True(seeds.TryTakeYoungest());
        var destination = new byte[length];
        Assert.True(generator.TryFillFresh(destination, seeds));
        return destination;
    }

    private byte[] Filled() => GeneratorTests.Filled(_generator, 16);

    private long Seedings(SeedCause cause) => _generator.Seedings[(int)cause];
}
