namespace OpenEntropy.Http;

/// <summary>What <c>/health</c> says, also where it says 503.</summary>
public sealed record ServiceHealth
{
    /// <summary><c>starting</c>, <c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why it is not healthy; null where it is.</summary>
    public required string? Reason { get; init; }

    /// <summary>Sources that pass their health tests.</summary>
    public required int SourcesHealthy { get; init; }

    /// <summary>All sources.</summary>
    public required int SourcesTotal { get; init; }

    /// <summary>Raw samples collected, bytes.</summary>
    public required long RawBytes { get; init; }

    /// <summary>Random bytes given out.</summary>
    public required long OutputBytes { get; init; }

    /// <summary>The age of the youngest seed, seconds; null before the first.</summary>
    public required double? SeedAgeSeconds { get; init; }

    /// <summary>Time since the start, seconds.</summary>
    public required double UptimeSeconds { get; init; }

    /// <summary>A sentence for each setting that weakens what the defaults promise.</summary>
    public required IReadOnlyList<string> Deviations { get; init; }
}
