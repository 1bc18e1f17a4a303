using OpenEntropy.Evidence.Correlation;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Evidence;

/// <summary>Made series, of which it is known what they have in common.</summary>
public sealed class SharedInformationTests
{
    private const int Count = 8_000;

    [Fact]
    public void Of_IndependentSamples_IsBelowItsBoundAndThatBelowTheThreshold()
    {
        var figures = Figures(i => Noise(1, i), i => Noise(2, i));

        Assert.InRange(figures.Information.Bound, 0, Coefficient.Threshold);
        Assert.False(figures.IsSuspect);
        Assert.True(figures.IsDecided);
    }

    /// <summary>The load goes slowly up and down by thousands of steps; each source has jitter of its own, wider than its low byte.</summary>
    [Fact]
    public void Of_DurationsThatDriftTogetherWithJitterOfTheirOwn_IsNothingThoughTheRanksGoTogether()
    {
        var figures = Figures(i => Drift(i) + Noise(1, i), i => Drift(i) + Noise(2, i));

        Assert.InRange(figures.Ranks.Value!.Value, 0.7, 1);
        Assert.True(figures.Ranks.IsShown);
        Assert.False(figures.Changes.IsSuspect);
        Assert.False(figures.Information.IsSuspect);
        Assert.False(figures.Samples.IsSuspect);
    }

    /// <summary>One sample is the distance of the other from the middle: they do not rise together, and yet one tells of the other.</summary>
    [Fact]
    public void Of_SamplesThatTellOfEachOtherWithoutRisingTogether_IsShownWhereNoCorrelationIs()
    {
        var figures = Figures(i => Noise(1, i) % 256, i => Math.Abs((Noise(1, i) % 256) - 128) + (Noise(2, i) % 64));

        Assert.False(figures.Samples.IsSuspect);
        Assert.True(figures.Information.IsShown);
    }

    /// <summary>The three lowest bits are the same, the others are not.</summary>
    [Fact]
    public void Of_SamplesWithCommonLowBits_IsShown()
    {
        var figures = Figures(i => (Noise(1, i) % 8) + (8 * (Noise(2, i) % 32)), i => (Noise(1, i) % 8) + (8 * (Noise(3, i) % 32)));

        Assert.False(figures.Samples.IsSuspect);
        Assert.InRange(figures.Information.Value!.Value, 0.9, 1);
    }

    [Fact]
    public void Of_TooFewSamples_IsUndecided()
    {
        var coefficient = SharedInformation.Of(new byte[255], new byte[255]);

        Assert.Null(coefficient.Value);
        Assert.False(new PairFigures(255, new Coefficient(0, 0), coefficient, default, default).IsDecided);
    }

    /// <summary>Two normal variables with the coefficient ρ have −½ log2(1 − ρ²) bits in common (Cover and Thomas, Elements of Information Theory, 8.5).</summary>
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.7)]
    public void Correlation_OfTheInformationOfNormalVariables_IsTheirs(double coefficient) =>
        Assert.Equal(coefficient, SharedInformation.Correlation(-0.5 * Math.Log2(1 - (coefficient * coefficient))), precision: 12);

    private static PairFigures Figures(Func<int, long> x, Func<int, long> y)
    {
        var statistics = new PairStatistics();
        for (var i = 0; i < Count; i++)
            statistics.Add(((byte)x(i), x(i)), ((byte)y(i), y(i)));
        return statistics.Figures();
    }

    /// <summary>0 to 1,023, another series for each number.</summary>
    private static long Noise(int series, int at) =>
        ScriptedNoiseSource.Lively((series * 10_000_000L) + (2 * at))
        + (256 * (ScriptedNoiseSource.Lively((series * 10_000_000L) + (2 * at) + 1) % 4));

    private static long Drift(int at) => 5_000 + (long)(2_000 * Math.Sin(at / 500.0));
}
