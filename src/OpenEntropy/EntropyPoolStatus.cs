using OpenEntropy.Health;

namespace OpenEntropy;

/// <summary>The state of the whole.</summary>
public enum PoolState
{
    /// <summary>No seed yet, at the start or after the machine was resumed.</summary>
    Starting,

    /// <summary>Serving, and every expected source is healthy.</summary>
    Healthy,

    /// <summary>
    /// Serving, but an expected source has failed or is assessed under twice its claim, too few sources are left to complete a block, or the harvest
    /// has ended.
    /// </summary>
    Degraded,

    /// <summary>Nothing can be served.</summary>
    Unhealthy,
}

/// <summary>The accounts of a pool at one moment. Counters run from the start; no content of pool or generator is shown.</summary>
public sealed record EntropyPoolStatus
{
    /// <summary>The state of the whole.</summary>
    public required PoolState State { get; init; }

    /// <summary>Why, in one sentence; null when healthy.</summary>
    public string? Reason { get; init; }

    /// <summary>Time since the pool was made.</summary>
    public TimeSpan Uptime { get; init; }

    /// <summary>Raw samples collected, bytes.</summary>
    public long RawBytes { get; init; }

    /// <summary>Bytes given out by the generators.</summary>
    public long DrbgBytes { get; init; }

    /// <summary>Entropy-limited bytes given out.</summary>
    public long LimitedBytes { get; init; }

    /// <summary>Raw samples given out, bytes.</summary>
    public long RawOutputBytes { get; init; }

    /// <summary>Bytes given out, of all three qualities.</summary>
    public long OutputBytes => DrbgBytes + LimitedBytes + RawOutputBytes;

    /// <summary>The conditioner's hash.</summary>
    public required string Hash { get; init; }

    /// <summary>Largest contributors left out of a block's count.</summary>
    public int LeaveOut { get; init; }

    /// <summary>What is absorbed with every block without credit.</summary>
    public required IReadOnlyList<string> UncreditedInputs { get; init; }

    /// <summary>Seed blocks the pool can hold.</summary>
    public int Capacity { get; init; }

    /// <summary>Seed blocks available now.</summary>
    public int BlocksAvailable { get; init; }

    /// <summary>Bits in a seed block, n_out.</summary>
    public int BlockBits { get; init; }

    /// <summary>Assessed entropy a block needs after the leave-out, bits: n_out + 64.</summary>
    public int BlockRequirementBits { get; init; }

    /// <summary>Assessed (claimed and credited) entropy that entered the conditioner, bits.</summary>
    public double AssessedBitsIn { get; init; }

    /// <summary>Of these, in the block that is being gathered.</summary>
    public double AssessedBitsPending { get; init; }

    /// <summary>
    /// Of these, counted in no block: in the block that was open when the machine was resumed, or of a source that failed before its block was
    /// complete. What was neither discarded nor is pending went into blocks.
    /// </summary>
    public double AssessedBitsDiscarded { get; init; }

    /// <summary>Blocks completed.</summary>
    public long BlocksProduced { get; init; }

    /// <summary>Blocks that seeded a generator or became entropy-limited output, each once.</summary>
    public long BlocksUsed { get; init; }

    /// <summary>Blocks zeroed because the pool was full and a newer one came.</summary>
    public long BlocksReplaced { get; init; }

    /// <summary>Blocks zeroed because they passed the maximum seed age.</summary>
    public long BlocksExpired { get; init; }

    /// <summary>Blocks zeroed after a sign that the machine was resumed or cloned, at the end, or unused by the request that took them.</summary>
    public long BlocksDiscarded { get; init; }

    /// <summary>Bits in blocks produced, per assessed bit that went into them; 0 before the first block.</summary>
    public double ExtractionRatio { get; init; }

    /// <summary>Blocks per second the harvest makes at full duty, as measured lately; 0 before the first.</summary>
    public double BlocksPerSecond { get; init; }

    /// <summary>Generators: one per core.</summary>
    public int Generators { get; init; }

    /// <summary>Generators that hold a seed young enough.</summary>
    public int GeneratorsSeeded { get; init; }

    /// <summary>Age of the youngest seed in use; null where there is none.</summary>
    public TimeSpan? SeedAge { get; init; }

    /// <summary>Generate calls.</summary>
    public long GenerateCalls { get; init; }

    /// <summary>Seedings by cause: <c>instantiate</c>, <c>interval</c>, <c>limit</c>, <c>age</c>, <c>fresh</c>, <c>resume</c>.</summary>
    public required IReadOnlyDictionary<string, long> Reseeds { get; init; }

    /// <summary>Signs seen that the machine was resumed, cloned or its clock set, since the start.</summary>
    public long ResumeSigns { get; init; }

    /// <summary>Settings in force, and limits of this machine, that weaken what the defaults promise: a sentence each.</summary>
    public required IReadOnlyList<string> Deviations { get; init; }

    /// <summary>The sources, in catalog order.</summary>
    public required IReadOnlyList<EntropySourceStatus> Sources { get; init; }
}
