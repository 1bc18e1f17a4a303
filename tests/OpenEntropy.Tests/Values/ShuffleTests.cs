using OpenEntropy.Values;
using Xunit;

namespace OpenEntropy.Tests.Values;

public sealed class ShuffleTests
{
    [Theory]
    [InlineData("000000", "abcd")]
    [InlineData("010100", "bcad")]
    [InlineData("030201", "dabc")]
    [InlineData("03FF0201", "dabc")] // FF is dropped: 255 of 3
    public void Apply_KnownBytes_GiveTheOrderByHand(string bytes, string expected)
    {
        using var supply = ScriptedSupply.OfHex(bytes);
        var items = "abcd".ToCharArray();

        Shuffle.Apply(supply, items.AsSpan());

        Assert.Equal(expected, new string(items));
        Assert.Equal(bytes.Length / 2, supply.Consumed);
    }

    [Fact]
    public void Apply_EveryInputOfTwoBytes_GivesEveryOrderEquallyOften()
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var input = 0; input < 65_536; input++)
        {
            byte[] bytes = [(byte)(input >> 8), (byte)input, 0, 0];
            using var supply = ByteSupply.Over(bytes, bytes.Length);
            var items = "abc".ToCharArray();
            Shuffle.Apply(supply, items.AsSpan());
            if (supply.Consumed == 2)
                counts[new string(items)] = counts.GetValueOrDefault(new string(items)) + 1;
        }

        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, count => Assert.Equal(255 * 256 / 6, count));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Apply_NothingToOrder_ConsumesNothing(int length)
    {
        using var supply = ScriptedSupply.Of();

        Shuffle.Apply(supply, new int[length].AsSpan());

        Assert.Equal(0, supply.Consumed);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void Apply_CountOutOfRange_IsRefused(int count)
    {
        using var supply = ScriptedSupply.Of(0, 0, 0);

        Assert.Throws<ArgumentOutOfRangeException>(() => Shuffle.Apply(supply, new int[2].AsSpan(), count));
    }

    [Fact]
    public void Apply_GeneratorOutput_GivesEveryOrderEquallyOften()
    {
        using var supply = ScriptedSupply.OfGenerator(6);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < 120_000; i++)
        {
            var items = "abcde".ToCharArray();
            Shuffle.Apply(supply, items.AsSpan());
            counts[new string(items)] = counts.GetValueOrDefault(new string(items)) + 1;
        }

        Assert.Equal(120, counts.Count);
        Assert.InRange(Goodness.ChiSquareScore(counts.Values), -3.09, 3.09); // p between 0.001 and 0.999
    }
}
