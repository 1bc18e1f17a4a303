using OpenEntropy.Evidence.Correlation;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Evidence;

public sealed class CoefficientsTests
{
    [Fact]
    public void Pearson_OfKnownSeries_IsKnown()
    {
        double[] rising = [1, 2, 3, 4];

        Assert.Equal(1, Value(rising, [10, 20, 30, 40]), precision: 12);
        Assert.Equal(-1, Value(rising, [4, 3, 2, 1]), precision: 12);
        Assert.Equal(0, Value(rising, [1, 2, 2, 1]), precision: 12);

        // Means 2.5 and 2: Σdxdy = 3, Σdx² = 5, Σdy² = 2.
        Assert.Equal(3 / Math.Sqrt(10), Value(rising, [1, 2, 2, 3]), precision: 12);
    }

    [Fact]
    public void Pearson_OfAConstantSeries_IsNone()
    {
        Assert.Null(Coefficients.Pearson([1, 2, 3], [7, 7, 7]).Value);
        Assert.Null(Coefficients.Pearson([1], [2]).Value);
    }

    [Fact]
    public void Spearman_OfAnyRisingFunction_IsOne()
    {
        Assert.Equal(1, Coefficients.Spearman([1, 2, 3, 4], [1, 10, 1_000, 1_000_000_000_000]).Value!.Value, precision: 12);
        Assert.Equal(-1, Coefficients.Spearman([1, 2, 3, 4], [0, -1, -2, long.MinValue]).Value!.Value, precision: 12);
    }

    [Fact]
    public void Spearman_OfATextbooksSeries_IsTheTextbooks()
    {
        // 1 − 6 Σd² / (n (n² − 1)) with Σd² = 194, n = 10: −29/165.
        long[] x = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
        long[] y = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];

        Assert.Equal(-29.0 / 165, Coefficients.Spearman(x, y).Value!.Value, precision: 12);
    }

    [Fact]
    public void Ranks_OfEqualValues_AreTheMeanOfTheirs() => Assert.Equal([1, 3, 3, 5, 3], Coefficients.Ranks([5, 7, 7, 9, 7]));

    [Fact]
    public void Bound_OfIndependentPairs_IsAboutThreeOverTheRoot()
    {
        var x = Enumerable.Range(0, 10_000).Select(i => (double)ScriptedNoiseSource.Lively(i)).ToArray();
        var y = Enumerable.Range(10_000, 10_000).Select(i => (double)ScriptedNoiseSource.Lively(i)).ToArray();

        var coefficient = Coefficients.Pearson(x, y);

        Assert.InRange(coefficient.Bound, 0.03, 0.06);
        Assert.False(coefficient.IsSuspect);
    }

    [Fact]
    public void Bound_OfAFewPairs_LetsNothingBeShown()
    {
        var x = Enumerable.Range(0, 200).Select(i => (double)i).ToArray();

        Assert.Equal((1, false), (Coefficients.Pearson(x, x).Value, Coefficients.Pearson(x, x).IsShown));
    }

    [Fact]
    public void Bound_OfSlowWaves_IsWideSinceTheirNeighboursAreAlike()
    {
        // Two waves of a few periods: 10,000 pairs that tell no more than a handful.
        var x = Enumerable.Range(0, 10_000).Select(i => Math.Sin(i / 700.0)).ToArray();
        var y = Enumerable.Range(0, 10_000).Select(i => Math.Sin((i / 900.0) + 0.4)).ToArray();

        var coefficient = Coefficients.Pearson(x, y);

        Assert.True(coefficient.Bound > 10 * 0.03, $"{coefficient}");
        Assert.False(coefficient.IsShown);
    }

    [Theory]
    [InlineData(0.2, 0.05, 0.14, 0.03, true)] // shown by itself
    [InlineData(0.2, 0.05, 0.12, 0.03, true)] // above the threshold again
    [InlineData(-0.2, 0.05, 0.12, 0.03, false)] // with the other sign
    [InlineData(0.2, 0.05, 0.12, 0.15, false)] // within chance
    [InlineData(0.2, 0.05, 0.09, 0.03, false)] // no longer above
    public void Confirms_OfARepeat_AsksForTheSameAgain(double first, double firstBound, double again, double bound, bool confirms) =>
        Assert.Equal(confirms, new Coefficient(again, bound).Confirms(new Coefficient(first, firstBound)));

    private static double Value(double[] x, double[] y) => Coefficients.Pearson(x, y).Value!.Value;
}
