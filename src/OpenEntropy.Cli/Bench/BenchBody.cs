using OpenEntropy.Assessment;
using OpenEntropy.Assessment.NonIid;
using OpenEntropy.Cli.Probe;
using OpenEntropy.Cli.Trials;
using OpenEntropy.Noise;

namespace OpenEntropy.Cli.Bench;

/// <summary>One source in what <c>bench --json</c> writes. All figures are of raw samples; entropies in bits per sample.</summary>
internal sealed record BenchedSource
{
    /// <summary>Its place, 1 for the first; null where it gave no sample.</summary>
    public int? Rank { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The part of the machine the phenomenon belongs to.</summary>
    public required string Category { get; init; }

    /// <summary><c>fast</c> or <c>slow</c>; null where that is not known.</summary>
    public required string? Speed { get; init; }

    /// <summary>Samples that were judged.</summary>
    public required int Samples { get; init; }

    /// <summary>Why there are fewer than were asked for; null where there are not.</summary>
    public required string? Reason { get; init; }

    /// <summary>Samples per second of collecting.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>Quick min-entropy by the most common value; no assessment. Null where there are too few samples.</summary>
    public required Figure? MinEntropy { get; init; }

    /// <summary>SP 800-90B, 6.3 of these samples; null where it was not asked for, or cannot be told.</summary>
    public required double? AssessedMinEntropy { get; init; }

    /// <summary>What a sample earns; 0: nothing.</summary>
    public required double ClaimedMinEntropy { get; init; }

    /// <summary>What it could earn with all of the time.</summary>
    public required double ClaimedBitsPerSecond { get; init; }

    /// <summary>The assessment times the rate; null without one.</summary>
    public double? AssessedBitsPerSecond => AssessedMinEntropy * SamplesPerSecond;

    /// <summary>Failures of its health tests, and breaks.</summary>
    public required long Failures { get; init; }

    public static BenchedSource Of(TrialResult result, double? assessed) =>
        new()
        {
            Name = result.Info.Name,
            Category = SourceSelection.CategoryName(result.Info.Category),
            Speed = result.Speed,
            Samples = result.Samples.Length,
            Reason = result.Why,
            SamplesPerSecond = result.SamplesPerSecond,
            MinEntropy = result.Metrics() is { } metrics ? Figure.Of(metrics.MostCommonValue) : null,
            AssessedMinEntropy = assessed,
            ClaimedMinEntropy = result.ClaimedMinEntropy,
            ClaimedBitsPerSecond = result.ClaimedMinEntropy * result.SamplesPerSecond,
            Failures = result.Status?.Failures.Values.Sum() ?? 0,
        };

    /// <summary>The ten estimators of SP 800-90B, 6.3; null where the samples are too few or all the same.</summary>
    public static double? Assess(TrialResult result, CancellationToken end)
    {
        try
        {
            var samples = SampleSet.FromSamples(result.Samples, SampleSet.MaximumSymbolBits);
            return NonIidAssessment.Run(samples, new NonIidOptions { Checkpoint = end.ThrowIfCancellationRequested }).MinEntropy;
        }
        catch (AssessmentInputException)
        {
            return null;
        }
    }
}

/// <summary>A way of output in what <c>bench --json</c> writes.</summary>
/// <param name="Conditioning"><c>drbg</c>, <c>limited</c> or <c>raw</c>.</param>
/// <param name="Bytes">Bytes given.</param>
/// <param name="Seconds">In that time.</param>
/// <param name="BytesPerSecond">Their quotient.</param>
/// <param name="Reason">Why there are none, or less than for the whole time; null where there is nothing to say.</param>
internal sealed record BenchedOutput(string Conditioning, long Bytes, double Seconds, double BytesPerSecond, string? Reason);

/// <summary>What <c>bench --json</c> writes.</summary>
/// <param name="RankedBy"><c>claimed_bits_per_second</c> or <c>assessed_bits_per_second</c>.</param>
/// <param name="Sources">The sources by rank.</param>
/// <param name="Outputs">The ways of output.</param>
internal sealed record BenchBody(string RankedBy, IReadOnlyList<BenchedSource> Sources, IReadOnlyList<BenchedOutput> Outputs)
{
    /// <summary>Ranks sources: first by what they could earn, then by how many samples they give.</summary>
    public static BenchBody Of(IEnumerable<BenchedSource> sources, IReadOnlyList<BenchedOutput> outputs, bool byAssessment)
    {
        var ranked = sources
            .OrderByDescending(source => byAssessment ? source.AssessedBitsPerSecond ?? -1 : source.ClaimedBitsPerSecond)
            .ThenByDescending(source => source.SamplesPerSecond)
            .ThenBy(source => source.Name, StringComparer.Ordinal);
        return new BenchBody(
            byAssessment ? "assessed_bits_per_second" : "claimed_bits_per_second",
            [.. ranked.Select((source, at) => source.Samples > 0 ? source with { Rank = at + 1 } : source)],
            outputs
        );
    }
}
