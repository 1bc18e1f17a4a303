using OpenEntropy.Continuity;
using OpenEntropy.Drbg;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Drbg;

public sealed class GeneratorSetTests
{
    private const int Count = 8;

    [Fact]
    public void TryFill_OneSeedForManyGenerators_ServesEveryThread()
    {
        using var bench = new GeneratorBench();
        bench.AddBlocks(1);
        using var set = new GeneratorSet(Count, _ => bench.Create());
        Assert.True(set.TryFill(new byte[16]));
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = Count }, _ => Assert.True(set.TryFill(new byte[16])));
        Assert.Equal(1, set.Counts().Seeded);
        Assert.Equal(65, set.Counts().GenerateCalls);
        Assert.Equal(1, set.Counts().Seedings[(int)SeedCause.Instantiate]);
    }

    [Fact]
    public void TryFill_NoSeedForAny_RefusesAndZeroes()
    {
        using var bench = new GeneratorBench();
        using var set = new GeneratorSet(Count, _ => bench.Create());
        AssertRefused(set);
        Assert.Equal((0, (TimeSpan?)null, 0L), (set.Counts().Seeded, set.Counts().SeedAge, set.Counts().GenerateCalls));
    }

    [Fact]
    public void Dispose_Seeded_RefusesAndCanStillBeCounted()
    {
        using var bench = new GeneratorBench();
        bench.AddBlocks(1, 2);
        var set = new GeneratorSet(Count, _ => bench.Create());
        Assert.True(set.TryFill(new byte[16]));
        set.Dispose();
        AssertRefused(set);
        Assert.Equal(0, set.Counts().Seeded);
        Assert.Equal(1, set.Counts().GenerateCalls);
    }

    [Fact]
    public void Counts_OfSeveral_ShowTheYoungestSeed()
    {
        using var bench = new GeneratorBench();
        Generator[] generators = [bench.Create(), bench.Create(), bench.Create()];
        using var set = new GeneratorSet(3, i => generators[i]);
        foreach (var (generator, number) in generators.Zip([1, 2]))
        {
            bench.AddBlocks(number);
            GeneratorTests.Filled(generator, 16);
            bench.Time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal((2, TimeSpan.FromSeconds(5)), (set.Counts().Seeded, set.Counts().SeedAge));
    }

    [Fact]
    public void Personalization_OfEachGenerator_IsDifferent()
    {
        var identity = MachineIdentity.Read();
        var strings = Enumerable.Range(0, 300).Select(i => Convert.ToHexString(MachineIdentity.Personalization(identity, i))).ToList();
        Assert.All(strings, text => Assert.Equal(CtrDrbg.SeedBytes, text.Length / 2));
        Assert.Equal(strings.Count, strings.Distinct(StringComparer.Ordinal).Count());
    }

    private static void AssertRefused(GeneratorSet set)
    {
        var destination = ScriptedBytes.Of(16, 1);
        Assert.False(set.TryFill(destination));
        Assert.Equal(new byte[16], destination);
    }
}
