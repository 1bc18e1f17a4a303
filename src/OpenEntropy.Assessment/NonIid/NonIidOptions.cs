namespace OpenEntropy.Assessment.NonIid;

/// <summary>How an assessment goes about it; none of this changes a figure but <see cref="Mode"/>, <see cref="TruncateBitString"/> and <see cref="LeaveOutBitString"/>.</summary>
public sealed record NonIidOptions
{
    /// <summary>The most estimators that run at once.</summary>
    public const int MaximumParallelism = 64;

    /// <summary>What the samples are.</summary>
    public NonIidMode Mode { get; init; }

    /// <summary>True: only the first 1,000,000 bits of the bit string are looked at. False, the default: all of them.</summary>
    public bool TruncateBitString { get; init; }

    /// <summary>
    /// True: the symbols alone are looked at, as the restart tests do (SP 800-90B, 3.1.4), and the assessment is H_original. Not of conditioned output,
    /// of which there is nothing else to look at.
    /// </summary>
    public bool LeaveOutBitString { get; init; }

    /// <summary>How many estimators run at once, 1 to 64; by default one a core.</summary>
    public int Parallelism { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, MaximumParallelism);

    /// <summary>Called by whatever runs, from every thread that computes.</summary>
    public Checkpoint? Checkpoint { get; init; }
}
