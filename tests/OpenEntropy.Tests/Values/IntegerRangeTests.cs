using OpenEntropy.Tests.Scripted;
using OpenEntropy.Values;
using Xunit;

namespace OpenEntropy.Tests.Values;

public sealed class IntegerRangeTests
{
    // By hand: n = 6, one byte, 252 = 42·6 is the first that is dropped.
    [Theory]
    [InlineData(1, 6, "00", 1)]
    [InlineData(1, 6, "05", 6)]
    [InlineData(1, 6, "06", 1)]
    [InlineData(1, 6, "FB", 6)]
    [InlineData(1, 6, "FCFDFEFF03", 4)]
    [InlineData(-3, -1, "04", -2)]
    [InlineData(0, 255, "FF", 255)]
    [InlineData(0, 256, "0100", 256)] // n = 257: 65,535 = 255·257 is dropped
    [InlineData(0, 256, "FFFE", 256)]
    [InlineData(0, 256, "FFFF0101", 0)]
    [InlineData(0, 65_536, "FFFFFE000005", 5)] // n = 65,537, three bytes: 255·65,537 = FF00FF is the first dropped
    [InlineData(0, 65_536, "FF00FE", 65_536)]
    [InlineData(0, 65_536, "FF00FF000007", 7)]
    [InlineData(0, 0xFFFFFFFFFFL, "FFFFFFFFFF", 0xFFFFFFFFFFL)]
    [InlineData(long.MinValue, long.MaxValue, "0000000000000000", long.MinValue)]
    [InlineData(long.MinValue, long.MaxValue, "FFFFFFFFFFFFFFFF", long.MaxValue)]
    [InlineData(long.MinValue, long.MaxValue, "8000000000000000", 0)]
    [InlineData(0, long.MaxValue, "8000000000000005", 5)]
    [InlineData(long.MinValue, 0, "8000000000000000", 0)] // n = 2^63 + 1: 2^63 + 1 is the first dropped
    [InlineData(long.MinValue, 0, "80000000000000010000000000000002", long.MinValue + 2)]
    public void Next_KnownBytes_GiveTheValueByHand(long min, long max, string bytes, long expected)
    {
        using var supply = ScriptedSupply.OfHex(bytes);

        Assert.Equal(expected, new IntegerRange(min, max).Next(supply));
        Assert.Equal(bytes.Length / 2, supply.Consumed);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 1, 1)]
    [InlineData(0, 255, 1)]
    [InlineData(0, 256, 2)]
    [InlineData(-32_768, 32_767, 2)]
    [InlineData(0, 65_536, 3)]
    [InlineData(0, (1L << 56) - 1, 7)]
    [InlineData(0, 1L << 56, 8)]
    [InlineData(long.MinValue, long.MaxValue, 8)]
    public void Width_OfARange_IsTheFewestWholeBytes(long min, long max, int expected) =>
        Assert.Equal(expected, new IntegerRange(min, max).Width);

    [Theory]
    [InlineData(0)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Next_OneValue_ConsumesNothing(long only)
    {
        using var supply = ScriptedSupply.Of();

        Assert.Equal(only, new IntegerRange(only, only).Next(supply));
    }

    [Fact]
    public void New_SmallestAboveLargest_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new IntegerRange(1, 0));

    [Fact]
    public void Next_EveryByteAndEveryRangeOfOneByte_GivesEveryValueEquallyOften()
    {
        for (var n = 2; n <= 256; n++)
            AssertUniform(n, width: 1);
    }

    [Theory]
    [InlineData(257)]
    [InlineData(1000)]
    [InlineData(32_768)]
    [InlineData(32_769)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void Next_EveryTwoBytes_GiveEveryValueEquallyOften(int n) => AssertUniform(n, width: 2);

    [Fact]
    public async Task Next_OfAPool_ConsumesItsBytes()
    {
        await using var scripted = new ScriptedPool(options: null, ScriptedPool.TwoLively());
        Assert.True(scripted.HarvestBlocks(1));
        using var supply = new ByteSupply(scripted.Pool.GetBytes, piece: 64);

        Assert.InRange(new IntegerRange(1, 6).Next(supply), 1, 6);
        Assert.Equal(64, scripted.Pool.Status.DrbgBytes);
    }

    [Fact]
    public void Fill_GeneratorOutput_FitsTheUniformDistribution()
    {
        using var supply = ScriptedSupply.OfGenerator(1);
        var counts = new long[1000];
        var values = new long[1_000_000];

        new IntegerRange(-500, 499).Fill(supply, values);

        foreach (var value in values)
            counts[value + 500]++;
        Assert.InRange(Goodness.ChiSquareScore(counts), -3.09, 3.09); // p between 0.001 and 0.999
    }

    /// <summary>Exact: over all inputs of one try, each value comes ⌊256^w / n⌋ times, and what is left over is dropped.</summary>
    private static void AssertUniform(int n, int width)
    {
        var range = new IntegerRange(0, n - 1);
        var inputs = 1 << (8 * width);
        var counts = new int[n];
        var dropped = 0;
        var bytes = new byte[2 * width]; // behind the first try stands a zero, which every range accepts
        for (var input = 0; input < inputs; input++)
        {
            for (var i = 0; i < width; i++)
                bytes[i] = (byte)(input >> (8 * (width - 1 - i)));
            using var supply = ByteSupply.Over(bytes, bytes.Length);
            var value = range.Next(supply);
            if (supply.Consumed == width)
                counts[value]++;
            else
                dropped++;
        }

        Assert.Equal(width, range.Width);
        Assert.All(counts, count => Assert.Equal(inputs / n, count));
        Assert.Equal(inputs % n, dropped);
        Assert.Equal((double)width * inputs / (inputs - dropped), range.Need.Mean, 1e-9);
    }
}
