using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Assessment.Randomness.Further;
using OpenEntropy.Assessment.Randomness.Sp80022;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Randomness.Sp80022;

public sealed class DiscreteFourierTransformTests
{
    /// <summary>The publication prints 0.029523 and 0.168669, of a variance that it corrected since; NIST's program gives these.</summary>
    [Theory]
    [InlineData("1001010011", 5, 0.46815990985442807)]
    [InlineData(WorkedExampleTests.Pi100, 48, 0.64635519553949017)]
    public void Run_OfThePublicationsExamples_HasItsFormulasValue(string digits, int below, double expected)
    {
        foreach (var mode in Enum.GetValues<Sp80022Mode>())
        {
            var result = new DiscreteFourierTransformTest().Run(BitSources.Parse(digits), new RandomnessOptions { Mode = mode });

            Assert.Equal(below, result.Statistics.Single(statistic => statistic.Name == "N_1").Value);
            Assert.Equal(expected, result.PValues.Single().Value, 1e-13);
            Assert.Contains("1,000", result.Caution, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Run_OfPeriodicBits_FindsThem()
    {
        var bits = BitSequence.FromBits(Enumerable.Range(0, 10_000).Select(i => (byte)(i % 10 / 5)).ToArray());

        var result = new DiscreteFourierTransformTest().Run(bits, new RandomnessOptions());

        Assert.InRange(result.PValues.Single().Value, 0, 1e-20);
    }

    [Theory]
    [InlineData(1_009)]
    [InlineData(2_018)]
    [InlineData(1_001)]
    [InlineData(1_024)]
    public void Run_OfAnyLength_CountsHalfOfTheModuli(int length)
    {
        var result = new DiscreteFourierTransformTest().Run(
            BitSequence.FromBits(BitSources.Bits("fair", length, 7)),
            new RandomnessOptions()
        );

        Assert.InRange(result.Statistics.Single(statistic => statistic.Name == "N_1").Value, 0.9 * length / 2, length / 2);
        Assert.InRange(result.PValues.Single().Value, 1e-4, 1);
    }

    [Theory]
    [InlineData(9, "10 bits")]
    [InlineData((1 << 24) + 1, "16,777,216 bits")]
    public void Run_OfTooFewOrTooManyBits_SaysHowManyItTakes(int length, string limit)
    {
        var result = new DiscreteFourierTransformTest().Run(BitSequence.FromBits(new byte[length]), new RandomnessOptions());

        Assert.Empty(result.PValues);
        Assert.Contains(limit, result.Inapplicable, StringComparison.Ordinal);
    }

    [Fact]
    public void MaximumBits_OfBothTestsOfTheSpectrum_IsTheSameAndHeld()
    {
        RandomnessTest[] tests = [new DiscreteFourierTransformTest(), new SpectralFlatnessTest()];
        var bits = BitSequence.FromBits(new byte[(1 << 24) + 1]);

        Assert.All(tests, test => Assert.Equal(1 << 24, test.MaximumBits));
        Assert.All(tests, test => Assert.Contains("in parts", test.Run(bits, new()).Inapplicable, StringComparison.Ordinal));
    }
}
