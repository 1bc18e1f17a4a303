namespace OpenEntropy.Server.Dashboard;

/// <summary>The answer of <c>/events/history</c>: points at even distances, the latest last.</summary>
internal sealed record HistoryBody
{
    /// <summary>Seconds between two points, each the mean of what was measured in between.</summary>
    public required int StepSeconds { get; init; }

    /// <summary>The source; null: the whole.</summary>
    public required string? Source { get; init; }

    /// <summary>When each point begins, seconds since 1970 (Unix time).</summary>
    public required IReadOnlyList<long> Time { get; init; }

    /// <summary>Of raw samples: the source's while it was healthy, or the mean over those that were healthy and earned credit.</summary>
    public required CurveBody Raw { get; init; }

    /// <summary>Of generator output drawn for the page: each second while somebody watched, otherwise every thirty seconds.</summary>
    public required CurveBody Conditioned { get; init; }
}

/// <summary>Three entropies over time, bits per byte; null where nothing is known.</summary>
/// <param name="Shannon">Shannon entropy.</param>
/// <param name="Min">Min-entropy of the most common value.</param>
/// <param name="Collision">Rényi entropy of order 2.</param>
internal sealed record CurveBody(IReadOnlyList<double?> Shannon, IReadOnlyList<double?> Min, IReadOnlyList<double?> Collision)
{
    public static CurveBody Of(IEnumerable<Entropies?> points)
    {
        var all = points.ToList();
        return new CurveBody(
            [.. all.Select(point => point?.Shannon)],
            [.. all.Select(point => point?.Min)],
            [.. all.Select(point => point?.Collision)]
        );
    }
}
