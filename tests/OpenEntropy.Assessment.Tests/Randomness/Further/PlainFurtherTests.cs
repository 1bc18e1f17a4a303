using OpenEntropy.Assessment.Numerics;
using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Assessment.Randomness.Further;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Randomness.Further;

/// <summary>The further tests against their definitions written out, on sequences of all kinds and of lengths that are no multiples of anything.</summary>
public sealed class PlainFurtherTests
{
    private const double Tolerance = 1e-9;

    public static TheoryData<string, int> Sequences
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var kind in BitSources.Kinds)
            {
                data.Add(kind, 3201);
                data.Add(kind, 4096);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Sequences))]
    public void Statistics_OfDistributions_AreAsDefined(string kind, int length)
    {
        var bits = BitSources.Bits(kind, length, 21);
        var bytes = PlainFurther.Bytes(bits);

        Same(PlainFurther.ChiSquareOfBytes(bits), Statistic(new ByteFrequencyTest(), bits, "chi^2"));
        Same(PlainFurther.Entropy(bytes), Statistic(new ShannonEntropyTest(), bits, "entropy"));
        Same(
            Math.Log2(bytes.Length / (double)bytes.GroupBy(value => value).Max(group => group.Count())),
            Statistic(new MinEntropyTest(), bits, "min-entropy")
        );
        Same(PlainFurther.KolmogorovDistance(bits), Statistic(new KolmogorovSmirnovTest(), bits, "D"));
        Same(PlainFurther.AndersonDarling(bits), Statistic(new AndersonDarlingTest(), bits, "A^2"));
        Same(bytes.Average(), Statistic(new MeanVarianceTest(), bits, "mean"));
        Same(bytes.Average(value => Math.Pow(value - 127.5, 2)), Statistic(new MeanVarianceTest(), bits, "variance about 127.5"));
        Same(PlainFurther.Pi(bits), Statistic(new MonteCarloPiTest(), bits, "pi"));
    }

    [Theory]
    [MemberData(nameof(Sequences))]
    public void Statistics_OfOrders_AreAsDefined(string kind, int length)
    {
        var bits = BitSources.Bits(kind, length, 22);

        Same(PlainFurther.Entropy(PlainFurther.Orders(bits)), Statistic(new PermutationEntropyTest(), bits, "entropy"));
        Same(PlainFurther.ChiSquareOfDifferences(bits), Statistic(new BitAvalancheTest(), bits, "chi^2"));
        var (birthdays, width) = BirthdaySpacingsTest.Parameters(length);
        Same(PlainFurther.EqualSpacings(bits, birthdays, width), Statistic(new BirthdaySpacingsTest(), bits, "equal spacings"));
        Same(PlainFurther.Flatness(bits), Statistic(new SpectralFlatnessTest(), bits, "flatness"));
    }

    [Theory]
    [MemberData(nameof(Sequences))]
    public void Statistics_OfCorrelations_AreAsDefined(string kind, int length)
    {
        var bits = BitSources.Bits(kind, length, 23);
        var bytes = PlainFurther.Bytes(bits);
        var ofBits = Enumerable.Range(1, 400).Select(lag => PlainFurther.ZOfBits(bits, lag)).ToList();

        Same(ofBits.Sum(z => z * z), Statistic(new AutocorrelationTest(), bits, "sum of z^2"));
        Same(ofBits.MaxBy(Math.Abs), Statistic(new AutocorrelationTest(), bits, "largest z"));
        Same(PlainFurther.ZOfBytes(bytes, bytes[1..]), Statistic(new SerialCorrelationTest(), bits, "z"));
        foreach (var lag in new[] { 1, 2, 4, 8, 16, 32 })
            Same(PlainFurther.ZOfBytes(bytes, bytes[lag..]), Statistic(new LagCorrelationTest(), bits, $"z of lag {lag}"));
        var (even, odd) = (bytes.Where((_, i) => i % 2 == 0).ToArray(), bytes.Where((_, i) => i % 2 == 1).ToArray());
        var ofChannels = Enumerable
            .Range(-8, 17)
            .Select(shift => PlainFurther.ZOfBytes(even[Math.Max(0, -shift)..], odd[Math.Max(0, shift)..]));
        Same(ofChannels.Sum(z => z * z), Statistic(new CrossCorrelationTest(), bits, "sum of z^2"));
    }

    [Fact]
    public void LikelihoodRatio_OfCounts_IsThatOfTheirEntropy()
    {
        var entropy = EntropyOfCells.Of([3, 0, 7, 10]);

        Assert.Equal(2 - ((0.15 * Math.Log2(1 / 0.15)) + (0.35 * Math.Log2(1 / 0.35)) + 0.5), 2 - entropy.Bits, 12);
        Assert.Equal(2 * 20 * Math.Log(2) * (2 - entropy.Bits) / (1 + (5.0 / 120)), entropy.LikelihoodRatio, 10);
    }

    [Theory]
    [InlineData(1_000_000, 36)]
    [InlineData(20_000, 24)]
    public void Parameters_OfBirthdaySpacings_AreTheShortestThatArePoisson(int bits, int width)
    {
        var (birthdays, chosen) = BirthdaySpacingsTest.Parameters(bits);

        Assert.Equal((bits / width, width), (birthdays, chosen));
        Assert.True(Math.Pow(birthdays, 3) <= Math.Pow(2, 1.25 * width));
        Assert.True(Math.Pow(bits / (width - 1), 3) > Math.Pow(2, 1.25 * (width - 1)));
    }

    [Fact]
    public void OrderOf_AllOrders_AreDifferent()
    {
        ulong[] values = [1, 2, 3, 4];
        var orders =
            from a in values
            from b in values
            from c in values
            from d in values
            where new[] { a, b, c, d }.Distinct().Count() == 4
            select PermutationEntropyTest.OrderOf([a, b, c, d]);

        Assert.Equal(Enumerable.Range(0, 24), orders.Order());
    }

    [Fact]
    public void PValue_OfCodeLength_IsKraftsBound()
    {
        Assert.Equal(1, CodeLength.PValue(1001, 1000));
        Assert.Equal(Math.Pow(2, -20), CodeLength.PValue(980, 1000));
    }

    [Fact]
    public void SmallestOf_PValues_IsSidaks()
    {
        Assert.Equal(1 - Math.Pow(0.99, 6), SmallestOf.PValue(0.01, 6), 12);
        Assert.Equal(6e-20, SmallestOf.PValue(1e-20, 6), 1e-25);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(-1, 2)]
    [InlineData(3, 255)]
    public void TwoSided_OfZAndChiSquare_IsTwiceTheSmallerTail(double z, int degrees)
    {
        Assert.Equal(2 * Distributions.NormalCdf(-Math.Abs(z)), Distributions.TwoSidedNormal(z), 12);
        foreach (var chiSquare in new[] { 0, 0.5 * degrees, degrees, 2.0 * degrees })
        {
            var upper = Distributions.UpperIncompleteGammaRatio(degrees / 2.0, chiSquare / 2);
            Assert.Equal(Math.Min(2 * upper, 2 - (2 * upper)), Distributions.TwoSidedChiSquare(chiSquare, degrees), 12);
        }
    }

    private static double Statistic(RandomnessTest test, byte[] bits, string name) =>
        test.Run(BitSequence.FromBits(bits), new()).Statistics.Single(statistic => statistic.Name == name).Value;

    private static void Same(double expected, double actual) => Assert.Equal(expected, actual, Tolerance * Math.Max(1, Math.Abs(expected)));
}
