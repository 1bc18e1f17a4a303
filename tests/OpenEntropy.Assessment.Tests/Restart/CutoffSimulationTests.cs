using OpenEntropy.Assessment.Restart;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Restart;

public sealed class CutoffSimulationTests
{
    private static readonly double Alpha = 1 - Math.Exp(Math.Log(0.99) / 2_000);

    // Printed by ea_restart 1.1.7, whose own simulation varies by a count or two where symbols are few.
    [Theory]
    [InlineData(0.5, 769, 3)]
    [InlineData(1.0, 572, 3)]
    [InlineData(2.5, 237, 3)]
    [InlineData(4.0, 104, 2)]
    [InlineData(6.4, 34, 1)]
    [InlineData(7.3, 24, 1)]
    [InlineData(8.0, 19, 1)]
    public void Run_OfFiveMillionRounds_IsAsTheToolWithinItsNoise(double entropy, int expected, int noise)
    {
        var distribution = MaximumCountDistribution.Of(new WorstCaseSource(entropy), 1_000, null);

        Assert.InRange(CutoffSimulation.Run(distribution, Alpha, 5_000_000, 1, null), expected - noise, expected + noise);
        Assert.InRange(distribution.Quantile(Alpha), expected - noise, expected + noise);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(3.7)]
    [InlineData(7.9)]
    public void Run_WithAnySeed_IsExceededAsOftenAsItShould(double entropy)
    {
        var distribution = MaximumCountDistribution.Of(new WorstCaseSource(entropy), 1_000, null);
        for (var seed = 0UL; seed < 10; seed++)
        {
            var cutoff = CutoffSimulation.Run(distribution, Alpha, 1_000_000, seed, null);

            // Of the million rounds 5 are above the cutoff's rank: a Gamma(6) variable, within a factor of 5 but for one time in 5,000.
            Assert.InRange(1 - distribution.Cumulative[cutoff - distribution.First], 0, 5 * Alpha);
            Assert.InRange(1 - distribution.Cumulative[cutoff - 1 - distribution.First], Alpha / 5, 1);
        }
    }

    [Fact]
    public void Run_WithTheSameSeed_IsTheSame()
    {
        var distribution = MaximumCountDistribution.Of(new WorstCaseSource(1), 1_000, null);

        var cutoffs = Enumerable
            .Range(0, 12)
            .Select(i => CutoffSimulation.Run(distribution, Alpha, 1_000_000, (ulong)(i % 6), null))
            .ToList();

        Assert.Equal(cutoffs[..6], cutoffs[6..]);
        Assert.True(cutoffs.Distinct().Count() > 1);
    }

    [Fact]
    public void Run_OfCancelledWork_Ends()
    {
        var distribution = MaximumCountDistribution.Of(new WorstCaseSource(1), 1_000, null);
        var left = 5;

        Assert.Throws<OperationCanceledException>(() =>
            CutoffSimulation.Run(distribution, Alpha, 5_000_000, 1, () => _ = left-- > 0 ? left : throw new OperationCanceledException())
        );
    }

    [Fact]
    public void Next_FromTheStateOneTwoThreeFour_IsAsPublished()
    {
        // The test vector of the rand_xoshiro crate, made with the authors' own C.
        var generator = new Xoshiro256(1, 2, 3, 4);

        Assert.Equal([11_520, 0, 1_509_978_240, 1_215_971_899_390_074_240], Enumerable.Range(0, 4).Select(_ => generator.Next()));
    }
}
