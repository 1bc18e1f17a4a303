using OpenEntropy.Drbg;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Drbg;

public sealed class GeneratorTests
{
    [Fact]
    public void TryFill_FirstRequest_IsTheReferenceFromTheYoungestBlock()
    {
        using var bench = new GeneratorBench();
        bench.AddBlocks(1, 2);
        using var generator = bench.Create();
        var expected = new ReferenceCtrDrbg(bench.Block(2), bench.Personalization);
        Assert.Equal(expected.Generate(100, bench.OsRandom(1)), Filled(generator, 100));
        Assert.Equal(expected.Generate(33, bench.OsRandom(2)), Filled(generator, 33));
        Assert.Equal(1, generator.Seedings[(int)SeedCause.Instantiate]);
        Assert.Equal(1, bench.Pool.Counts.Used);
    }

    [Fact]
    public void TryFill_Above65536Bytes_IsSplitWithNewOsRandomnessForEachCall()
    {
        using var bench = new GeneratorBench();
        bench.AddBlocks(1);
        using var generator = bench.Create();
        var reference = new ReferenceCtrDrbg(bench.Block(1), bench.Personalization);
        byte[] expected =
        [
            .. reference.Generate(65_536, bench.OsRandom(1)),
            .. reference.Generate(65_536, bench.OsRandom(2)),
            .. reference.Generate(1, bench.OsRandom(3)),
        ];
        Assert.Equal(expected, Filled(generator, (2 * 65_536) + 1));
        Assert.Equal([32, 32, 32], bench.OsRandomCalls);
        Assert.Equal(3, generator.GenerateCalls);
    }

    [Fact]
    public void TryFill_ShortHash_TakesTwoBlocksForOneSeed()
    {
        using var bench = new GeneratorBench(blockBytes: 32);
        using var generator = bench.Create();
        bench.AddBlocks(1);
        Assert.False(generator.TryFill(new byte[16]));
        Assert.Equal(1, bench.Pool.Counts.Available);
        bench.AddBlocks(2);
        byte[] seed = [.. bench.Block(2), .. bench.Block(1)[..16]];
        Assert.Equal(new ReferenceCtrDrbg(seed, bench.Personalization).Generate(16, bench.OsRandom(1)), Filled(generator, 16));
    }

    [Fact]
    public void TryFill_WithoutABlock_RefusesAndZeroes()
    {
        using var bench = new GeneratorBench();
        using var generator = bench.Create();
        AssertRefused(generator);
        Assert.Equal(0, generator.GenerateCalls);
        Assert.Empty(bench.OsRandomCalls);
        Assert.Null(generator.SeedAge);
    }

    [Fact]
    public void TryFill_TwoOfTheSameState_DifferByOsRandomnessAlone()
    {
        // Two machines cloned between requests: the same block, personalization and state; only the kernels differ.
        using var original = new GeneratorBench();
        using var control = new GeneratorBench();
        using var clone = new GeneratorBench { OsRandomScript = 2_000 };
        byte[][] outputs = [.. new[] { original, control, clone }.Select(FirstOutput)];
        Assert.Equal(outputs[0], outputs[1]);
        Assert.NotEqual(outputs[0], outputs[2]);
    }

    [Fact]
    public void TryFill_OfTwoPersonalizations_Differ()
    {
        using var one = new GeneratorBench();
        using var other = new GeneratorBench { Personalization = ScriptedBytes.Of(CtrDrbg.SeedBytes, 2) };
        Assert.NotEqual(FirstOutput(one), FirstOutput(other));
    }

    [Fact]
    public void TryFill_OsRandomnessFailsMidway_LeavesNothingBehind()
    {
        using var bench = new GeneratorBench { OsRandomFailsAt = 2 };
        bench.AddBlocks(1);
        using var generator = bench.Create();
        var destination = ScriptedBytes.Of(65_537, 3);
        Assert.Throws<InvalidOperationException>(() => generator.TryFill(destination));
        Assert.Equal(-1, destination.AsSpan().IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void Dispose_Seeded_LeavesNoSeedAge()
    {
        using var bench = new GeneratorBench();
        bench.AddBlocks(1);
        var generator = bench.Create();
        Filled(generator, 16);
        Assert.Equal(TimeSpan.Zero, generator.SeedAge);
        generator.Dispose();
        Assert.Null(generator.SeedAge);
    }

    internal static byte[] Filled(Generator generator, int length)
    {
        var destination = new byte[length];
        Assert.True(generator.TryFill(destination));
        return destination;
    }

    internal static void AssertRefused(Generator generator)
    {
        var destination = ScriptedBytes.Of(16, 4);
        Assert.False(generator.TryFill(destination));
        Assert.Equal(-1, destination.AsSpan().IndexOfAnyExcept((byte)0));
    }

    private static byte[] FirstOutput(GeneratorBench bench)
    {
        bench.AddBlocks(1);
        using var generator = bench.Create();
        return Filled(generator, 64);
    }
}
