using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Assessment.Randomness.Sp80022;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Randomness;

public sealed class RandomnessBatteryTests
{
    [Fact]
    public void Sp80022_Tests_HaveNamesOfTheirOwnInThePublicationsOrder()
    {
        var sections = RandomnessBattery.Sp80022.Select(test => int.Parse(test.Source["SP 800-22 Rev. 1a, 2.".Length..])).ToList();

        Assert.Equal(sections.Order(), sections);
        Assert.Equal(sections.Count, sections.Distinct().Count());
        Assert.Equal(sections.Count, RandomnessBattery.Sp80022.Select(test => test.Name).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("fair")]
    [InlineData("zeros")]
    [InlineData("ones")]
    [InlineData("alternating")]
    [InlineData("one change")]
    public void Run_OfAnySequence_GivesProbabilitiesOrSaysWhyNot(string kind)
    {
        foreach (var length in new[] { 0, 1, 2, 10, 100, 1000, 7000, 70_000 })
        {
            var bits = BitSequence.FromBits(BitSources.Bits(kind, length, 5));
            foreach (var mode in Enum.GetValues<Sp80022Mode>())
            {
                Assert.All(
                    RandomnessBattery.Run(RandomnessBattery.All, bits, new() { Mode = mode }),
                    result =>
                    {
                        Assert.NotEqual(result.PValues.Count == 0, result.Inapplicable is null);
                        Assert.All(result.PValues, p => Assert.InRange(p.Value, 0, 1));
                        Assert.All(result.Statistics, statistic => Assert.True(double.IsFinite(statistic.Value), statistic.Name));
                        Assert.Equal(result.Inapplicable is null, result.Statistics.Count > 0);
                    }
                );
            }
        }
    }

    [Fact]
    public void Run_OfNotEnough_SaysHowMuchIsNeeded()
    {
        var bits = BitSequence.FromBits(BitSources.Bits("fair", 100, 1));
        var reasons = RandomnessBattery.Run(RandomnessBattery.Sp80022, bits).ToDictionary(r => r.Name, r => r.Inapplicable ?? "");

        Assert.Contains("128", reasons[new LongestRunTest().Name], StringComparison.Ordinal);
        Assert.Contains("M = 128", reasons[new BlockFrequencyTest().Name], StringComparison.Ordinal);
        Assert.Contains("387,840", reasons[new UniversalTest().Name], StringComparison.Ordinal);
        Assert.Contains("65,536", reasons[new SerialTest().Name], StringComparison.Ordinal);
        Assert.Contains("1,024", reasons[new ApproximateEntropyTest().Name], StringComparison.Ordinal);
        Assert.Contains("500 cycles", reasons[new RandomExcursionsTest().Name], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OfLessThanRecommended_SaysSo()
    {
        var options = new RandomnessOptions { SerialLength = 3 };
        var bits = BitSources.Parse("0011011101");

        Assert.Contains("64 bits", new SerialTest().Run(bits, options).Caution, StringComparison.Ordinal);
        Assert.Null(new SerialTest().Run(BitSequence.FromBits(BitSources.Bits("fair", 64, 1)), options).Caution);
        Assert.Null(new LongestRunTest().Run(bits, options).Caution);
    }

    [Fact]
    public void Run_OfBiasedBits_LeavesRunsToTheFrequencyTest()
    {
        var bits = BitSequence.FromBits(BitSources.Bits("ones", 1000, 1));

        Assert.Contains("frequency test", new RunsTest().Run(bits, new()).Inapplicable, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OfRunsAtTheLimit_AppliesAsNistsProgramOnly()
    {
        // n = 16: 2/√n is 1/2 exactly; n = 64, 48 ones: the share is 1/4 away from 1/2.
        var bits = BitSequence.FromBits([.. Enumerable.Range(0, 64).Select(i => (byte)(i % 4 > 0 ? 1 : 0))]);

        Assert.NotNull(new RunsTest().Run(bits, new()).Inapplicable);
        Assert.Null(new RunsTest().Run(bits, new() { Mode = Sp80022Mode.Sts212 }).Inapplicable);
    }

    [Fact]
    public void Run_OfManyReturns_IsBeyondNistsProgramOnly()
    {
        var bits = BitSequence.FromBits(BitSources.Bits("alternating", 4000, 1));

        Assert.Contains(
            "1,000 returns",
            new RandomExcursionsTest().Run(bits, new() { Mode = Sp80022Mode.Sts212 }).Inapplicable,
            StringComparison.Ordinal
        );
        Assert.Null(new RandomExcursionsTest().Run(bits, new()).Inapplicable);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(25)]
    public void SerialLength_OutOfRange_NamesItAndTheRange(int length)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => new RandomnessOptions { SerialLength = length });

        Assert.Equal(nameof(RandomnessOptions.SerialLength), exception.ParamName);
        Assert.Contains("2 to 24 bits", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomnessOptions { BlockFrequencyLength = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomnessOptions { ApproximateEntropyLength = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomnessOptions { ApproximateEntropyLength = 24 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomnessOptions() with { BlockFrequencyLength = int.MaxValue });
    }

    [Fact]
    public void Run_WhenTheCheckpointThrows_Ends()
    {
        var bits = BitSequence.FromBits(BitSources.Bits("fair", 1_000_000, 9));
        var options = new RandomnessOptions { Checkpoint = () => throw new OperationCanceledException() };

        Assert.All(RandomnessBattery.All, test => Assert.Throws<OperationCanceledException>(() => test.Run(bits, options)));
    }
}
