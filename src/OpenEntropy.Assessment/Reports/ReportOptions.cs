using OpenEntropy.Assessment.NonIid;
using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Assessment.Restart;

namespace OpenEntropy.Assessment.Reports;

/// <summary>What a report is to hold, and how to go about it.</summary>
public sealed record ReportOptions
{
    /// <summary>
    /// The parts of it. Null: of raw samples the non-IID assessment and quick metrics, but none where a restart test is asked for, which assesses the
    /// same samples; of others SP 800-22 and quick metrics, or, with <see cref="Conditioned"/>, the non-IID assessment and quick metrics.
    /// </summary>
    public ReportSuites? Suites { get; init; }

    /// <summary>The declared width of a sample, 1 to 8 bits; null: as the recording's header says, or else up to the highest bit in use.</summary>
    public int? SymbolBits { get; init; }

    /// <summary>What bare samples are; null: taken for raw, with a warning. A recording's header says it of itself.</summary>
    public RecordingKind? Kind { get; init; }

    /// <summary>True: the non-IID assessment of what is not raw, as h' of SP 800-90B, 3.1.5.2.</summary>
    public bool Conditioned { get; init; }

    /// <summary>True: only the first 1,000,000 bits of the bit string are estimated.</summary>
    public bool TruncateBitString { get; init; }

    /// <summary>H_I, bits per sample, to hold 1,000 samples from each of 1,000 restarts against (SP 800-90B, 3.1.4); null: no restart test.</summary>
    public double? RestartEntropy { get; init; }

    /// <summary>The seed of the cutoff that the restart test simulates; the same seed gives the same cutoff.</summary>
    public ulong RestartSeed { get; init; } = new RestartOptions().Seed;

    /// <summary>Whose arithmetic the tests of SP 800-22 use.</summary>
    public Sp80022Mode Sp80022Mode { get; init; }

    /// <summary>How many estimators run at once, 1 to 64; by default one a core. It changes no figure.</summary>
    public int Parallelism { get; init; } = new NonIidOptions().Parallelism;

    /// <summary>Called by whatever runs, from every thread that computes.</summary>
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>Told of each part before it is computed, in words for a person.</summary>
    public Action<string>? Progress { get; init; }
}
