using OpenEntropy.Assessment.Numerics;
using OpenEntropy.Assessment.Restart;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Restart;

public sealed class MaximumCountTests
{
    public static TheoryData<double> Entropies => [0.2, 0.9, 1.0, 1.3, 2.5, 4.0, 6.4, 8.0];

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.4)]
    [InlineData(1.0)]
    [InlineData(1.4)]
    [InlineData(1.9)]
    [InlineData(2.0)]
    public void AtMost_OfSevenSamples_IsAsAllSequencesTell(double entropy)
    {
        const int samples = 7;
        var source = new WorstCaseSource(entropy);
        var probabilities = Probabilities(source);
        var expected = new double[samples + 1];
        foreach (var sequence in Sequences(samples, probabilities.Length))
            expected[sequence.CountBy(symbol => symbol).Max(pair => pair.Value)] += sequence.Aggregate(
                1.0,
                (p, symbol) => p * probabilities[symbol]
            );

        var maximum = new MaximumCount(source, samples);

        for (var most = 0; most <= samples; most++)
            Assert.Equal(expected[..(most + 1)].Sum(), maximum.AtMost(most), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Entropies))]
    public void Of_WorstCase_IsAsSampledLiterally(double entropy)
    {
        const int rounds = 10_000;
        var source = new WorstCaseSource(entropy);
        var generator = new SplitMix(11);
        var observed = new int[1_001];
        for (var round = 0; round < rounds; round++)
            observed[LiteralRound(source, generator)]++;

        var distribution = MaximumCountDistribution.Of(source, 1_000, null);

        // Pearson's test over counts put together until 10 are expected; a fixed seed, so no chance of a false alarm.
        var (statistic, bins, expected, seen, last) = (0.0, 0, 0.0, 0, 0.0);
        for (var i = 0; i < distribution.Cumulative.Length; i++)
        {
            expected += rounds * (distribution.Cumulative[i] - last);
            last = distribution.Cumulative[i];
            seen += observed[distribution.First + i];
            if (expected < 10 || rounds * (1 - last) < 10)
                continue;
            statistic += (seen - expected) * (seen - expected) / expected;
            (bins, expected, seen) = (bins + 1, 0, 0);
        }

        statistic += (seen - expected) * (seen - expected) / expected;
        Assert.InRange(Distributions.UpperIncompleteGammaRatio(bins / 2.0, statistic / 2), 0.001, 0.999);
        Assert.Equal(rounds, observed[distribution.First..].Sum());
    }

    [Theory]
    [MemberData(nameof(Entropies))]
    public void Of_WorstCase_RisesToOne(double entropy)
    {
        var distribution = MaximumCountDistribution.Of(new WorstCaseSource(entropy), 1_000, null);

        Assert.Equal(1, distribution.Cumulative[^1]);
        Assert.InRange(distribution.Cumulative[0], 0, 1e-15);
        Assert.True(distribution.Cumulative.Zip(distribution.Cumulative.Skip(1)).All(pair => pair.First <= pair.Second));
    }

    [Fact]
    public void Quantile_OfMoreEntropy_IsNeverHigher()
    {
        var last = 1_000;
        for (var entropy = 0.0; entropy <= 8; entropy += 0.25)
        {
            var quantile = MaximumCountDistribution.Of(new WorstCaseSource(entropy), 1_000, null).Quantile(5.0252e-6);
            Assert.InRange(quantile, 1_000 / 256, last);
            last = quantile;
        }
    }

    private static double[] Probabilities(WorstCaseSource source) =>
        [
            .. Enumerable.Repeat(source.Probability, source.LikeliestSymbols),
            .. source.Remainder > 0 ? [source.Remainder] : Array.Empty<double>(),
        ];

    private static IEnumerable<int[]> Sequences(int length, int alphabet) =>
        length == 0
            ?
            [
                [],
            ]
            : Sequences(length - 1, alphabet).SelectMany(head => Enumerable.Range(0, alphabet).Select(symbol => (int[])[.. head, symbol]));

    /// <summary>1,000 samples, drawn one by one, and the count of the most common.</summary>
    private static int LiteralRound(WorstCaseSource source, SplitMix generator)
    {
        Span<int> counts = stackalloc int[257];
        var most = 0;
        for (var sample = 0; sample < 1_000; sample++)
            most = Math.Max(most, ++counts[(int)(generator.Unit() / source.Probability)]);
        return most;
    }
}
