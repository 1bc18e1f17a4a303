using OpenEntropy.Assessment.Iid;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Iid;

public sealed class ChiSquareTests
{
    public static TheoryData<int, int, double> Shapes =>
        new()
        {
            { 30, 3, 1 },
            { 57, 3, 1 },
            { 400, 3, 0.2 },
            { 1_001, 5, 1 },
            { 2_000, 16, 0.5 },
            { 3_000, 40, 1 },
            { 5_000, 256, 0.97 },
            { 20_000, 7, 0.1 },
        };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Run_OfSymbols_IsAsThePlainReference(int length, int alphabet, double decay)
    {
        var samples = SampleSet.FromSamples(Draw(length, alphabet, decay));

        AssertSame(ChiSquareReference.Independence(samples.Symbols.ToArray(), samples.AlphabetSize), ChiSquareIndependence.Run(samples));
        AssertSame(ChiSquareReference.GoodnessOfFit(samples.Symbols.ToArray(), samples.AlphabetSize), ChiSquareGoodnessOfFit.Run(samples));
    }

    [Theory]
    [InlineData(20, 0.5)]
    [InlineData(333, 0.5)]
    [InlineData(5_000, 0.1)]
    [InlineData(5_000, 0.98)]
    [InlineData(60_000, 0.45)]
    public void Run_OfBits_IsAsThePlainReference(int length, double one)
    {
        var samples = SampleSet.FromSamples(new SplitMix(3).Samples(length, [1 - one, one]));

        AssertSame(ChiSquareReference.IndependenceOfBits(samples.Symbols.ToArray()), ChiSquareIndependence.Run(samples));
    }

    [Fact]
    public void Run_OfDependentPairs_IsRejected()
    {
        // Every other sample repeats the one before it.
        var samples = Draw(20_000, 4, 1);
        for (var i = 1; i < samples.Length; i += 2)
            samples[i] = samples[i - 1];

        var assessment = IidAssessment.Run(SampleSet.FromSamples(samples));

        Assert.True(assessment.Independence.IsRejected);
        Assert.True(assessment.IsRejected);
    }

    [Fact]
    public void Run_OfDriftingSamples_IsRejectedByGoodnessOfFit()
    {
        var generator = new SplitMix(9);
        var samples = new byte[20_000];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (byte)(generator.Unit() < i / 20_000.0 ? 0 : 1 + generator.Below(3));

        Assert.True(ChiSquareGoodnessOfFit.Run(SampleSet.FromSamples(samples)).IsRejected);
    }

    [Fact]
    public void Run_OfRareBits_HasNoPValue()
    {
        var bits = new byte[1_000];
        bits[17] = 1;

        var result = ChiSquareIndependence.Run(SampleSet.FromSamples(bits));

        Assert.Equal((0, null, false), (result.DegreesOfFreedom, result.PValue, result.IsRejected));
    }

    [Fact]
    public void Run_OfTooFewSymbolsToFillTheBins_HasNoPValue()
    {
        var result = ChiSquareIndependence.Run(SampleSet.FromSamples(Draw(60, 40, 1)));

        Assert.True(result.DegreesOfFreedom < 1);
        Assert.Null(result.PValue);
    }

    [Fact]
    public void Run_OfNineSamples_SaysWhatIsNeeded() =>
        Assert.Contains(
            "at least 10",
            Assert.Throws<AssessmentInputException>(() => IidAssessment.Run(SampleSet.FromSamples([1, 2, 3, 1, 2, 3, 1, 2, 3]))).Message,
            StringComparison.Ordinal
        );

    private static byte[] Draw(int length, int alphabet, double decay)
    {
        var weights = Enumerable.Range(0, alphabet).Select(symbol => Math.Pow(decay, symbol)).ToArray();
        return new SplitMix((ulong)length).Samples(length, weights.Select(weight => weight / weights.Sum()).ToArray());
    }

    private static void AssertSame((double Statistic, int DegreesOfFreedom) expected, ChiSquareResult actual)
    {
        Assert.Equal(expected.DegreesOfFreedom, actual.DegreesOfFreedom);
        Assert.Equal(expected.Statistic, actual.Statistic, 1e-9 * (1 + expected.Statistic));
    }
}
