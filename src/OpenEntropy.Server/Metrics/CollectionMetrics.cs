using System.Diagnostics.Metrics;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Server.Health;

namespace OpenEntropy.Server.Metrics;

/// <summary>How long collections take, by category: a histogram for each source would be a third of a scrape.</summary>
internal static class CollectionMetrics
{
    /// <summary>Declares the instruments.</summary>
    /// <param name="meter">The one meter.</param>
    /// <param name="snapshot">The accounts.</param>
    public static void Declare(Meter meter, StatusSnapshot snapshot) =>
        ObservedHistogram.Declare(
            meter,
            "openentropy_collection_duration_seconds",
            "Time one collection of a source took, of those that gave samples.",
            "category",
            () => snapshot.Current.Sources.Where(SourceMetrics.HasCounters).GroupBy(source => source.Info.Category).Select(Read)
        );

    private static HistogramReading Read(IGrouping<NoiseCategory, EntropySourceStatus> sources)
    {
        var counts = new long[CollectionTimes.Bounds.Count + 1];
        var seconds = 0.0;
        foreach (var times in sources.Select(source => source.CollectionTimes))
        {
            seconds += times.TotalSeconds;
            for (var i = 0; i < counts.Length; i++)
            {
                counts[i] += times.Counts[i];
            }
        }

        return new HistogramReading(StateNames<NoiseCategory>.Of(sources.Key), CollectionTimes.Bounds, counts, seconds);
    }
}
