using OpenEntropy.Assessment;
using OpenEntropy.Assessment.Quick;
using OpenEntropy.Health;
using OpenEntropy.Noise;

namespace OpenEntropy.Cli.Trials;

/// <summary>What a source gave to a command that tried it by itself.</summary>
/// <param name="Info">The source.</param>
/// <param name="Status">The source after its trial, its health tests among it; null where it was not tried.</param>
/// <param name="Samples">Its raw samples, undisturbed ones, whatever its health.</param>
/// <param name="Why">Why there are fewer than were asked for, in one clause; null where there are not.</param>
internal sealed record TrialResult(NoiseSourceInfo Info, EntropySourceStatus? Status, byte[] Samples, string? Why)
{
    /// <summary>True where its speed turned out not to be the one that the selection asks for.</summary>
    public bool IsDeselected { get; init; }

    /// <summary>Samples per second of collecting; 0 where there were none.</summary>
    public double SamplesPerSecond => Status?.SamplesPerSecond ?? 0;

    /// <summary>What a sample may be credited with, bits; 0: nothing.</summary>
    public double ClaimedMinEntropy => Status?.ClaimedMinEntropy ?? EntropyClaim.Of(Info, creditVendors: false);

    /// <summary><c>fast</c> or <c>slow</c>; null where that is not known.</summary>
    public string? Speed =>
        Status is null ? null
        : TrialFigures.Speed(Status) is var speed && speed != SourceSpeed.Unknown ? speed.ToString().ToLowerInvariant()
        : null;

    /// <summary>The quick metrics; null where there are too few samples for them.</summary>
    public QuickMetrics? Metrics() =>
        Samples.Length < QuickMetrics.FewestSamples ? null : QuickMetrics.Of(Samples, SampleSet.MaximumSymbolBits);
}
