using OpenEntropy.Server.Health;
using OpenEntropy.Server.Pool;

namespace OpenEntropy.Server.Dashboard;

/// <summary>The event <c>hello</c>.</summary>
internal sealed record HelloBody(
    string Version,
    DateTimeOffset StartedAt,
    DateTimeOffset Time,
    bool RawAllowed,
    bool MayOperate,
    string? OperateReason,
    bool ReadingNeedsKey,
    AlgorithmsBody Algorithms
);

/// <summary>What a bundle can hold.</summary>
internal sealed record AlgorithmsBody(IReadOnlyList<string> Kem, IReadOnlyList<string> Signature);

/// <summary>The event <c>log</c>.</summary>
internal sealed record LogBody(IReadOnlyList<LogLine> Lines);

/// <summary>The event <c>output</c>: bytes drawn for the page alone.</summary>
internal sealed record OutputBody(string Hex);

/// <summary>The event <c>status</c>. <c>PageBytes</c> are those of all bytes given out that were drawn for the page.</summary>
internal sealed record StatusBody(
    DateTimeOffset Time,
    HealthBody Health,
    PoolBody Pool,
    EntropyBody Entropy,
    RequestsBody Requests,
    double? ReseedsPerSecond,
    long PageBytes,
    int Viewers
);

/// <summary>Entropies, bits per byte: of raw samples, the mean over the sources that are healthy and earn credit; of what was drawn for the page.</summary>
internal sealed record EntropyBody(Entropies? Raw, Entropies? Conditioned);

/// <summary>Requests: of the last second, latencies of the last ten, refusals since the start.</summary>
internal sealed record RequestsBody
{
    public required double? PerSecond { get; init; }

    public required long InFlight { get; init; }

    public required double? P50Ms { get; init; }

    public required double? P95Ms { get; init; }

    public required double? P99Ms { get; init; }

    /// <summary>Random bytes given out, of all qualities, without the page's own.</summary>
    public required double? BytesPerSecond { get; init; }

    public required IReadOnlyList<RefusalBody> Refusals { get; init; }
}

/// <summary>Requests refused since the start, by reason and route.</summary>
internal sealed record RefusalBody(string Reason, string Route, long Count);

/// <summary>The event <c>sources</c>.</summary>
internal sealed record SourcesBody(IReadOnlyList<SourceEventBody> Sources);
