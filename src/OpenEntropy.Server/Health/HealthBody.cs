using OpenEntropy.Server.Drills;

namespace OpenEntropy.Server.Health;

/// <summary>The answer of <c>/health</c>.</summary>
internal sealed record HealthBody
{
    /// <summary><c>starting</c>, <c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why, in one sentence; null when healthy.</summary>
    public required string? Reason { get; init; }

    /// <summary>Sources that are healthy.</summary>
    public required int SourcesHealthy { get; init; }

    /// <summary>All sources, the unavailable and the disabled among them.</summary>
    public required int SourcesTotal { get; init; }

    /// <summary>Raw samples collected, bytes.</summary>
    public required long RawBytes { get; init; }

    /// <summary>Bytes given out, of all qualities.</summary>
    public required long OutputBytes { get; init; }

    /// <summary>Age of the youngest seed in use, seconds; null where there is none.</summary>
    public required double? SeedAgeSeconds { get; init; }

    /// <summary>Time since the start, seconds.</summary>
    public required double UptimeSeconds { get; init; }

    /// <summary>What weakens the promises: settings in force, and assessments that are lost or cannot be kept, a sentence each.</summary>
    public required IReadOnlyList<string> Deviations { get; init; }

    /// <summary>What is made to fail on purpose, and what has been and is not over yet. The reasons of these begin with <c>drill</c>.</summary>
    public IReadOnlyList<DrillMark> Drills { get; init; } = [];

    /// <summary>From a pool's accounts.</summary>
    /// <param name="status">The accounts.</param>
    public static HealthBody From(EntropyPoolStatus status) =>
        new()
        {
            Status = StateNames<PoolState>.Of(status.State),
            Reason = status.Reason,
            SourcesHealthy = status.Sources.Count(source => source.Healthy),
            SourcesTotal = status.Sources.Count,
            RawBytes = status.RawBytes,
            OutputBytes = status.OutputBytes,
            SeedAgeSeconds = status.SeedAge?.TotalSeconds,
            UptimeSeconds = status.Uptime.TotalSeconds,
            Deviations = status.Deviations,
        };
}

/// <summary>The answer of the three routes for orchestrators.</summary>
/// <param name="Status">The state, as in <c>/health</c>, or <c>live</c>.</param>
internal sealed record ProbeBody(string Status);
