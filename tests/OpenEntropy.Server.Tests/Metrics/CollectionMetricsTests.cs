using OpenEntropy.Health;
using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Server.Tests.Metrics;

public sealed class CollectionMetricsTests
{
    private const string Name = "openentropy_collection_duration_seconds";

    [Fact]
    public void Render_SourcesOfTwoCategories_IsOneFamilyWithAHistogramForEach()
    {
        using var fixture = new ScrapeFixture
        {
            Status = SampleStatus.Pool(
                PoolState.Healthy,
                Source("a", NoiseCategory.Timing, 0.0002, 0.001),
                Source("b", NoiseCategory.CrossDomain, 0.1),
                Source("c", NoiseCategory.Timing, 0.0009, 7)
            ),
        };

        var lines = fixture.Lines();

        string[] expected =
        [
            .. new[] { "0.0002 1", "0.0005 1", "0.001 3", "0.002 3", "0.005 3", "0.02 3", "0.05 3", "0.25 3", "+Inf 4" }.Select(each =>
                Bucket("timing", each)
            ),
            .. new[] { "0.0002 0", "0.0005 0", "0.001 0", "0.002 0", "0.005 0", "0.02 0", "0.05 0", "0.25 1", "+Inf 1" }.Select(each =>
                Bucket("cross_domain", each)
            ),
            $"{Name}_sum{{category=\"timing\"}} 7.0021",
            $"{Name}_sum{{category=\"cross_domain\"}} 0.1",
            $"{Name}_count{{category=\"timing\"}} 4",
            $"{Name}_count{{category=\"cross_domain\"}} 1",
        ];
        var first = Array.IndexOf(lines, $"# TYPE {Name} histogram");
        Assert.StartsWith($"# HELP {Name} ", lines[first - 1], StringComparison.Ordinal);
        Assert.Equal(expected, lines[(first + 1)..(first + 1 + expected.Length)]);
        Assert.Equal(expected.Length + 2, lines.Count(line => line.Contains(Name, StringComparison.Ordinal)));
    }

    [Fact]
    public void Render_SourceTheMachineNeverHad_HasNoHistogram()
    {
        using var fixture = new ScrapeFixture
        {
            Status = SampleStatus.Pool(PoolState.Healthy, SampleStatus.Source("gone", SourceState.Unavailable) with { Samples = 0 }),
        };

        Assert.DoesNotContain(fixture.Lines(), line => line.Contains(Name, StringComparison.Ordinal));
    }

    private static EntropySourceStatus Source(string name, NoiseCategory category, params double[] seconds)
    {
        var times = new CollectionTimes();
        foreach (var each in seconds)
        {
            times.Add(TimeSpan.FromSeconds(each));
        }

        var source = SampleStatus.Source(name);
        return source with { Info = source.Info with { Category = category }, CollectionTimes = times };
    }

    private static string Bucket(string category, string bound) =>
        $"{Name}_bucket{{category=\"{category}\",le=\"{bound.Split(' ')[0]}\"}} {bound.Split(' ')[1]}";
}
