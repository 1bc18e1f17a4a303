using OpenEntropy.Assessment.Quick;
using OpenEntropy.Cli.Trials;
using OpenEntropy.Server.Sources;

namespace OpenEntropy.Cli.Probe;

/// <summary>A figure with the interval that holds the true one of independent samples in 99 of 100 windows; bits per sample.</summary>
internal sealed record Figure(double Value, double Lower, double Upper)
{
    public static Figure Of(QuickMetric metric) => new(metric.Value, metric.Lower, metric.Upper);
}

/// <summary>One source in what <c>probe --json</c> writes.</summary>
internal sealed record ProbedSource
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Raw samples that were judged.</summary>
    public required int Samples { get; init; }

    /// <summary>Why there are fewer than were asked for; null where there are not.</summary>
    public required string? Reason { get; init; }

    /// <summary><c>fast</c> or <c>slow</c>; null where that is not known.</summary>
    public required string? Speed { get; init; }

    /// <summary>What it could earn with all of the time, bits per second.</summary>
    public required double ClaimedBitsPerSecond { get; init; }

    /// <summary>Shannon entropy, an upper bound of the min-entropy; null where there are too few samples.</summary>
    public required Figure? Shannon { get; init; }

    /// <summary>Min-entropy by the most common value.</summary>
    public required Figure? MinEntropy { get; init; }

    /// <summary>Collision entropy.</summary>
    public required Figure? Collision { get; init; }

    /// <summary>How often each value from 0 to 255 came.</summary>
    public required IReadOnlyList<int> Histogram { get; init; }

    /// <summary>The source with its health tests, as the service's <c>/sources/{name}</c> tells it; null where it was not tried.</summary>
    public required SourceBody? Source { get; init; }

    public static ProbedSource Of(TrialResult result)
    {
        var metrics = result.Metrics();
        var histogram = new int[256];
        foreach (var sample in result.Samples)
            histogram[sample]++;
        return new ProbedSource
        {
            Name = result.Info.Name,
            Samples = result.Samples.Length,
            Reason = result.Why,
            Speed = result.Speed,
            ClaimedBitsPerSecond = result.ClaimedMinEntropy * result.SamplesPerSecond,
            Shannon = metrics is null ? null : Figure.Of(metrics.Value.Shannon),
            MinEntropy = metrics is null ? null : Figure.Of(metrics.Value.MostCommonValue),
            Collision = metrics is null ? null : Figure.Of(metrics.Value.Collision),
            Histogram = histogram,
            Source = result.Status is null ? null : SourceBody.From(result.Status, assessments: null),
        };
    }
}

/// <summary>What <c>probe --json</c> writes.</summary>
/// <param name="Sources">The sources, in catalog order.</param>
internal sealed record ProbeBody(IReadOnlyList<ProbedSource> Sources);
