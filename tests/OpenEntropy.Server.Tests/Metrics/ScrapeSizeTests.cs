using System.Text;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Server.Randomness;
using Xunit;

namespace OpenEntropy.Server.Tests.Metrics;

/// <summary>What a scrape holds where there is everything that Linux has.</summary>
public sealed class ScrapeSizeTests
{
    [Fact]
    public void Render_EverySourceAndLongFigures_IsUnder100KilobytesWithoutRequests()
    {
        const double third = 1_234_567 / 3.0;
        using var fixture = new ScrapeFixture();
        var names = NoiseSourceCatalog
            .Create(new NoiseContext("/nowhere", new Dictionary<string, string>(StringComparer.Ordinal)))
            .Select(source => source.Info)
            .ToList();
        fixture.Status = SampleStatus.Pool(PoolState.Healthy, [.. names.Select(Long)]);
        foreach (var type in Enum.GetValues<ServedType>())
        {
            fixture.Served.Add(PoolOutput.Drbg, type, 1_234_567_890);
        }

        var text = string.Join('\n', fixture.Lines());

        Assert.True(names.Count > 40, $"{names.Count} sources");
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 50_000, 100_000);

        static EntropySourceStatus Long(NoiseSourceInfo info) =>
            SampleStatus.Source(info.Name, credited: third) with
            {
                Info = info,
                Samples = 1_234_567_890,
                CollectionSeconds = third,
                AssessedMinEntropy = null,
                SecondsPerStartup = 1 / 3.0,
                ClaimedMinEntropy = 1 / 3.0,
                ShannonEntropy = 20 / 3.0,
                MostCommonValueEntropy = 10 / 3.0,
                CollisionEntropy = 17 / 3.0,
                Failures = new Dictionary<string, long>(StringComparer.Ordinal)
                {
                    ["apt"] = 0,
                    ["rct"] = 0,
                    ["total_failure"] = 0,
                },
                Dropped = new Dictionary<string, long>(StringComparer.Ordinal)
                {
                    ["clock_jump"] = 0,
                    ["garbage_collection"] = 123_456,
                    ["health"] = 0,
                    ["stop"] = 1234,
                },
            };
    }
}
