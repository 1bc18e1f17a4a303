using OpenEntropy.Values;
using Xunit;

namespace OpenEntropy.Tests.Values;

public sealed class DistinctIntegersTests
{
    // By hand, the places left in brackets: [10 11 12 13], r = 2 gives 12 and puts 10 there; [11 10 13], r = 1 gives 10.
    [Theory]
    [InlineData(10, 13, "0201", new long[] { 12, 10 })]
    [InlineData(10, 13, "000000", new long[] { 10, 11, 12, 13 })]
    [InlineData(10, 13, "030201", new long[] { 13, 10, 11, 12 })]
    [InlineData(10, 13, "FFFF0100", new long[] { 13, 12, 11, 10 })] // the second FF is dropped: 255 of 3
    [InlineData(long.MinValue, long.MaxValue, "FFFFFFFFFFFFFFFF0000000000000000", new[] { long.MaxValue, long.MinValue + 1 })]
    [InlineData(7, 7, "", new long[] { 7 })]
    public void Fill_KnownBytes_GiveTheSequenceByHand(long min, long max, string bytes, long[] expected)
    {
        using var supply = ScriptedSupply.OfHex(bytes);
        var numbers = new long[expected.Length];

        DistinctIntegers.Fill(supply, min, max, numbers);

        Assert.Equal(expected, numbers);
        Assert.Equal(bytes.Length / 2, supply.Consumed);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(4, 2)]
    public void Fill_EveryInputOfTwoBytes_GivesEverySelectionEquallyOften(int n, int k)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var numbers = new long[k];
        for (var input = 0; input < 65_536; input++)
        {
            byte[] bytes = [(byte)(input >> 8), (byte)input, 0, 0];
            using var supply = ByteSupply.Over(bytes, bytes.Length);
            DistinctIntegers.Fill(supply, 0, n - 1, numbers);
            if (supply.Consumed > 2)
                continue; // a byte was dropped
            var key = string.Join(' ', numbers);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        var (first, second) = (256 / n * n, 256 / (n - 1) * (n - 1));
        Assert.Equal(n * (n - 1), counts.Count);
        Assert.All(counts.Values, count => Assert.Equal(first * second / (n * (n - 1)), count));
    }

    [Theory]
    [InlineData(0, 999, 1000)]
    [InlineData(-5, 994, 10)]
    [InlineData(long.MinValue, long.MaxValue, 5000)]
    public void Fill_AnyRange_GivesDistinctNumbersOfIt(long min, long max, int k)
    {
        using var supply = ScriptedSupply.OfGenerator(2);
        var numbers = new long[k];

        DistinctIntegers.Fill(supply, min, max, numbers);

        Assert.Equal(k, numbers.Distinct().Count());
        Assert.All(numbers, number => Assert.InRange(number, min, max));
    }

    [Fact]
    public void Fill_SameBytes_GivesThePlacesThatShuffleGives()
    {
        using var one = ScriptedSupply.OfGenerator(3);
        using var other = ScriptedSupply.OfGenerator(3);
        var numbers = new long[300];
        var items = Enumerable.Range(0, 500).Select(i => (long)i).ToArray();

        DistinctIntegers.Fill(one, 0, 499, numbers);
        Shuffle.Apply(other, items.AsSpan(), 300);

        Assert.Equal(items.Take(300), numbers);
        Assert.Equal(one.Consumed, other.Consumed);
    }

    [Fact]
    public void Fill_GeneratorOutput_GivesEverySelectionEquallyOften()
    {
        using var supply = ScriptedSupply.OfGenerator(4);
        var counts = new long[6 * 6 * 6];
        var numbers = new long[3];
        for (var i = 0; i < 120_000; i++)
        {
            DistinctIntegers.Fill(supply, 0, 5, numbers);
            counts[(36 * numbers[0]) + (6 * numbers[1]) + numbers[2]]++;
        }

        var met = counts.Where(count => count > 0).ToList();
        Assert.Equal(6 * 5 * 4, met.Count);
        Assert.InRange(Goodness.ChiSquareScore(met), -3.09, 3.09); // p between 0.001 and 0.999
    }

    [Fact]
    public void Fill_MoreThanTheRangeHas_IsRefused()
    {
        using var supply = ScriptedSupply.OfGenerator(5);

        Assert.Throws<ArgumentException>(() => DistinctIntegers.Fill(supply, 1, 3, new long[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => DistinctIntegers.Fill(supply, 3, 1, new long[1]));
        Assert.Equal(0, supply.Consumed);
    }
}
