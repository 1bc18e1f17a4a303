using OpenEntropy.Values;
using Xunit;

namespace OpenEntropy.Tests.Values;

public sealed class ChoiceTests
{
    // By hand: the sums are 3, 4 and 8.
    [Theory]
    [InlineData("00", 0)]
    [InlineData("02", 0)]
    [InlineData("03", 1)]
    [InlineData("04", 2)]
    [InlineData("07", 2)]
    [InlineData("08", 0)]
    [InlineData("FF", 2)]
    public void Next_Weights_GiveThePlaceByHand(string bytes, int expected)
    {
        using var supply = ScriptedSupply.OfHex(bytes);

        Assert.Equal(expected, new Choice([3L, 1L, 4L]).Next(supply));
    }

    [Theory]
    [InlineData(new long[] { 3, 1, 4 })]
    [InlineData(new long[] { 1, 1, 1, 1, 1 })]
    [InlineData(new long[] { 100, 1 })]
    [InlineData(new long[] { 256 })]
    public void Next_EveryByte_GivesEveryPlaceAsOftenAsItsWeightSays(long[] weights)
    {
        var counts = new long[weights.Length];
        var choice = new Choice(weights);
        for (var input = 0; input < 256; input++)
        {
            byte[] bytes = [(byte)input, 0];
            using var supply = ByteSupply.Over(bytes, bytes.Length);
            var place = choice.Next(supply);
            if (supply.Consumed == 1)
                counts[place]++;
        }

        Assert.Equal(weights.Select(weight => weight * (256 / weights.Sum())), counts);
    }

    [Fact]
    public void Next_EqualWeights_GiveThePlacesOfNoWeights()
    {
        using var one = ScriptedSupply.OfGenerator(7);
        using var other = ScriptedSupply.OfGenerator(7);
        var (plain, weighted) = (new Choice(300), new Choice([.. Enumerable.Repeat(1L, 300)]));

        for (var i = 0; i < 10_000; i++)
            Assert.Equal(plain.Next(one), weighted.Next(other));
    }

    [Fact]
    public void Next_OneItem_ConsumesNothing()
    {
        using var supply = ScriptedSupply.Of();

        Assert.Equal(0, new Choice(1).Next(supply));
        Assert.Equal(0, new Choice([1L]).Next(supply));
    }

    [Fact]
    public void Next_LargestSum_ReachesBothEnds()
    {
        using var supply = ScriptedSupply.OfHex("00000000000000007FFFFFFFFFFFFFFE");
        var choice = new Choice([1L, long.MaxValue - 1]);

        Assert.Equal(0, choice.Next(supply));
        Assert.Equal(1, choice.Next(supply));
    }

    [Fact]
    public void New_WeightsThatAreNone_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Choice(0));
        Assert.Throws<ArgumentException>(() => new Choice([]));
        Assert.Throws<ArgumentException>(() => new Choice([1L, 0L]));
        Assert.Throws<ArgumentException>(() => new Choice([-1L]));
        Assert.Throws<ArgumentException>(() => new Choice([long.MaxValue, 1L]));
    }

    [Fact]
    public void Next_GeneratorOutput_FitsTheWeights()
    {
        using var supply = ScriptedSupply.OfGenerator(8);
        var counts = new long[10];
        var choice = new Choice([1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 955L]);
        for (var i = 0; i < 1_000_000; i++)
            counts[choice.Next(supply)]++;

        double[] expected = [1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 955_000];
        Assert.InRange(Goodness.ChiSquareScore(counts, expected), -3.09, 3.09); // p between 0.001 and 0.999
    }
}
