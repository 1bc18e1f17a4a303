using Xunit;

namespace OpenEntropy.Tests.Noise;

/// <summary>
/// Each opening starts a source's fixed workload from its beginning, so two recordings replay the same work. Were the variation the workload's own
/// doing (its addresses, its branches, its order of requests), the two would be alike: this is how a generator in a noise source shows.
/// </summary>
[Collection(HardwareAlone.Name)]
[Trait("Category", "Hardware")]
public sealed class NoiseSourceReplayTests(CatalogFixture catalog) : IClassFixture<CatalogFixture>
{
    private const int Samples = 1024;
    private const int Recordings = 6;
    private const double MostCorrelation = 0.5; // at most a quarter of the variance is explained by the workload

    [Theory]
    [MemberData(nameof(CatalogFixture.CreditedNames), MemberType = typeof(CatalogFixture))]
    public void Record_OfTheSameWorkload_GivesAnotherSeriesEachTime(string name)
    {
        var recordings = Enumerable.Range(0, Recordings).Select(_ => catalog.Record(name, Samples)).ToArray();

        Assert.Equal(Recordings, recordings.Select(Convert.ToHexString).Distinct(StringComparer.Ordinal).Count());

        // The median of five neighbouring pairs: a load that comes and goes can correlate a pair, a workload correlates them all.
        var correlations = recordings.Zip(recordings.Skip(1), Correlation).Select(Math.Abs).Order().ToArray();
        Assert.InRange(correlations[correlations.Length / 2], 0, MostCorrelation);
    }

    [Fact]
    public void Correlation_OfKnownSeries_IsKnown()
    {
        byte[] rising = [1, 2, 3, 4];

        Assert.Equal(1, Correlation(rising, [10, 20, 30, 40]), precision: 12);
        Assert.Equal(-1, Correlation(rising, [4, 3, 2, 1]), precision: 12);
        Assert.Equal(0, Correlation(rising, [1, 2, 2, 1]), precision: 12);
    }

    /// <summary>Pearson's coefficient; not a number where a series is constant.</summary>
    private static double Correlation(byte[] x, byte[] y)
    {
        var (meanX, meanY) = (x.Average(v => v), y.Average(v => v));
        var covariance = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum();
        return covariance / Math.Sqrt(x.Sum(a => (a - meanX) * (a - meanX)) * y.Sum(b => (b - meanY) * (b - meanY)));
    }
}
