using OpenEntropy.Values;
using Xunit;

namespace OpenEntropy.Tests.Values;

public sealed class UnitFloatsTests
{
    [Theory]
    [InlineData("00000000000000", 0)]
    [InlineData("00000000000007", 0)] // the lowest three bits are dropped
    [InlineData("00000000000008", 1.1102230246251565E-16)] // 2^−53
    [InlineData("80000000000000", 0.5)]
    [InlineData("C0000000000007", 0.75)]
    [InlineData("FFFFFFFFFFFFFF", 0.9999999999999999)] // 1 − 2^−53
    public void Next_KnownBytes_GiveTheNumberByHand(string bytes, double expected)
    {
        using var supply = ScriptedSupply.OfHex(bytes);

        Assert.Equal(expected, UnitFloats.Next(supply));
        Assert.Equal(7, supply.Consumed);
    }

    [Fact]
    public void Next_GeneratorOutput_FitsTheUniformDistribution()
    {
        using var supply = ScriptedSupply.OfGenerator(9);
        var numbers = Enumerable.Range(0, 200_000).Select(_ => UnitFloats.Next(supply)).ToArray();

        Assert.All(numbers, number => Assert.True(number is >= 0 and < 1));
        Assert.InRange(Goodness.KolmogorovSmirnov(numbers, x => x), 0.001, 0.999);
    }

    [Fact]
    public void Next_GeneratorOutput_UsesEveryBit()
    {
        using var supply = ScriptedSupply.OfGenerator(10);
        var ones = new long[53];
        for (var i = 0; i < 100_000; i++)
        {
            var whole = (long)(UnitFloats.Next(supply) * (1L << 53));
            for (var bit = 0; bit < ones.Length; bit++)
                ones[bit] += (whole >> bit) & 1;
        }

        // Half of 100,000 with a standard deviation of 158: five of them either way.
        Assert.All(ones, count => Assert.InRange(count, 49_210, 50_790));
    }
}
