using OpenEntropy.Noise;

namespace OpenEntropy.Evidence.Recordings;

/// <summary>Consecutive samples of one source, taken while it alone was open.</summary>
internal sealed record SourceRecording
{
    /// <summary>The source.</summary>
    public required NoiseSourceInfo Source { get; init; }

    /// <summary>The samples, as digitized.</summary>
    public required byte[] Samples { get; init; }

    /// <summary>The measurements behind them, one each; null where nothing wider than the sample leaves the source.</summary>
    public required long[]? Measurements { get; init; }

    /// <summary>When the first was taken, UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>When the last was taken, UTC.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>How long they took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>How they follow each other, one sentence.</summary>
    public required string Sequence { get; init; }

    /// <summary>Why there are fewer than asked for, in one clause; null where there are not.</summary>
    public required string? Shortfall { get; init; }

    /// <summary>True where the source failed; false where merely the time was over.</summary>
    public required bool HasFailed { get; init; }

    /// <summary>True where the source did not come back: a thread is in it still, and it may not be used again.</summary>
    public bool Hangs { get; init; }

    /// <summary>Samples a second.</summary>
    public double SamplesPerSecond => Samples.Length / Math.Max(Elapsed.TotalSeconds, 1e-9);
}
