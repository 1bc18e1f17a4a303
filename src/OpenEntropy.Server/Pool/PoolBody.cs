using OpenEntropy.Server.Health;

namespace OpenEntropy.Server.Pool;

/// <summary>The answer of <c>/pool/status</c>: the accounts, and nothing of the content.</summary>
internal sealed record PoolBody
{
    /// <summary>The state of the whole, as in <c>/health</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why, in one sentence; null when healthy.</summary>
    public required string? Reason { get; init; }

    /// <summary>Time since the start, seconds.</summary>
    public required double UptimeSeconds { get; init; }

    /// <summary>Seed blocks the pool can hold.</summary>
    public required int CapacityBlocks { get; init; }

    /// <summary>Seed blocks available now.</summary>
    public required int BlocksAvailable { get; init; }

    /// <summary>Share of the capacity that is filled, 0 to 1.</summary>
    public required double Fill { get; init; }

    /// <summary>The account of the blocks.</summary>
    public required BlockCounts Blocks { get; init; }

    /// <summary>The conditioner.</summary>
    public required ConditionerBody Conditioner { get; init; }

    /// <summary>The generators.</summary>
    public required GeneratorsBody Generators { get; init; }

    /// <summary>Bytes in and out.</summary>
    public required ByteCounts Bytes { get; init; }

    /// <summary>Signs seen that the machine was resumed, cloned or its clock set.</summary>
    public required long ResumeSigns { get; init; }

    /// <summary>What weakens the promises: settings in force, and assessments that are lost or cannot be kept, a sentence each.</summary>
    public required IReadOnlyList<string> Deviations { get; init; }

    /// <summary>What each source that earns credit has earned.</summary>
    public required IReadOnlyList<SourceCredit> Credit { get; init; }

    /// <summary>From a pool's accounts.</summary>
    /// <param name="status">The accounts.</param>
    public static PoolBody From(EntropyPoolStatus status) =>
        new()
        {
            State = StateNames<PoolState>.Of(status.State),
            Reason = status.Reason,
            UptimeSeconds = status.Uptime.TotalSeconds,
            CapacityBlocks = status.Capacity,
            BlocksAvailable = status.BlocksAvailable,
            Fill = status.Capacity == 0 ? 0 : (double)status.BlocksAvailable / status.Capacity,
            Blocks = BlockCounts.From(status),
            Conditioner = ConditionerBody.From(status),
            Generators = GeneratorsBody.From(status),
            Bytes = new ByteCounts(status.RawBytes, status.OutputBytes, status.DrbgBytes, status.LimitedBytes, status.RawOutputBytes),
            ResumeSigns = status.ResumeSigns,
            Deviations = status.Deviations,
            Credit = SourceCredit.From(status),
        };
}
