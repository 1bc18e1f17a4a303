using OpenEntropy.Drills;

namespace OpenEntropy.Server.Drills;

/// <summary>The answer of <c>GET /drills</c>.</summary>
/// <param name="LongestSeconds">The longest a drill may be asked to last.</param>
/// <param name="Kinds">What can be drilled.</param>
/// <param name="Running">What is drilled, or not over yet.</param>
/// <param name="Past">The latest that are over, the last one first.</param>
internal sealed record DrillListBody(
    int LongestSeconds,
    IReadOnlyList<DrillKindBody> Kinds,
    IReadOnlyList<DrillBody> Running,
    IReadOnlyList<DrillBody> Past
)
{
    /// <summary>The answer at this moment.</summary>
    /// <param name="pool">What can be drilled.</param>
    /// <param name="board">What is and was.</param>
    /// <param name="options">The longest drill.</param>
    public static DrillListBody From(EntropyPool pool, DrillBoard board, DrillOptions options)
    {
        string[] healthy = [.. pool.Status.Sources.Where(source => source.Healthy).Select(source => source.Info.Name)];
        return new(
            (int)options.LongestDuration.TotalSeconds,
            [.. DrillNames.All.Select(kind => DrillKindBody.From(kind, healthy))],
            [.. board.Current.Select(DrillBody.From)],
            [.. board.Past.Select(DrillBody.From)]
        );
    }
}

/// <summary>A kind of drill.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="Does">What it makes fail.</param>
/// <param name="Sources">The sources that are healthy now, of which one is to be named; null where it is of none.</param>
internal sealed record DrillKindBody(string Kind, string Does, IReadOnlyList<string>? Sources)
{
    /// <summary>One kind.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="healthy">The sources that are healthy now.</param>
    public static DrillKindBody From(DrillKind kind, IReadOnlyList<string> healthy) =>
        new(DrillNames.Of(kind), DrillNames.Does(kind), DrillNames.IsOfSource(kind) ? healthy : null);
}

/// <summary>A drill.</summary>
internal sealed record DrillBody
{
    /// <summary>Its number since the start of the service.</summary>
    public required string Id { get; init; }

    /// <summary>What is made to fail.</summary>
    public required string Kind { get; init; }

    /// <summary>Of which source; null where it is of none.</summary>
    public required string? Source { get; init; }

    /// <summary><c>running</c>, <c>clearing</c>, <c>cleared</c>, or <c>ended</c> where the source is off, all is not as before for long, or the service stops.</summary>
    public required string State { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Began { get; init; }

    /// <summary>When it ends, or would have, by itself.</summary>
    public required DateTimeOffset Ends { get; init; }

    /// <summary>When it ended; null while it is on.</summary>
    public required DateTimeOffset? Ended { get; init; }

    /// <summary>By what it ended: <c>time</c>, <c>operator</c> or <c>stop</c>; null while it is on.</summary>
    public required string? EndedBy { get; init; }

    /// <summary>By when it must show.</summary>
    public required DrillBound Bound { get; init; }

    /// <summary>How it showed; null while it does not.</summary>
    public required DrillShownBody? Shown { get; init; }

    /// <summary>By when all must be as before, counted from its end.</summary>
    public required DrillBound ClearBound { get; init; }

    /// <summary>How long after its end all was as before; null until it is.</summary>
    public required double? ClearedAfterSeconds { get; init; }

    /// <summary>Whether it showed and cleared within both bounds: of samples, where any are counted, otherwise of time; null until it is over.</summary>
    public required bool? Held { get; init; }

    /// <summary>From a drill.</summary>
    /// <param name="run">The drill.</param>
    public static DrillBody From(DrillRun run)
    {
        var shown = run.Shown is { } found ? DrillShownBody.From(found, run.Bound) : null;
        var cleared = run.ClearedAfter?.TotalSeconds;
        return new DrillBody
        {
            Id = run.Id,
            Kind = DrillNames.Of(run.Kind),
            Source = run.Source,
            State = run.State,
            Began = run.Began,
            Ends = run.Ends,
            Ended = run.Ended,
            EndedBy = run.EndedBy,
            Bound = run.Bound,
            Shown = shown,
            ClearBound = run.ClearBound,
            ClearedAfterSeconds = cleared,
            Held = run.IsSettled ? shown is { WithinBound: true } && cleared <= run.ClearBound.Seconds : null,
        };
    }
}

/// <summary>How a drill showed.</summary>
/// <param name="Test">The test that noticed it: <c>rct</c>, <c>apt</c>, <c>total_failure</c> or <c>self_test</c>; null where the pool refuses.</param>
/// <param name="AfterSamples">Samples of the drill that the test had seen by then; null where none are counted.</param>
/// <param name="AfterSeconds">How long after its beginning.</param>
/// <param name="WithinBound">Whether that is within the bound: of samples, where any are counted, otherwise of time.</param>
internal sealed record DrillShownBody(string? Test, long? AfterSamples, double AfterSeconds, bool WithinBound)
{
    /// <summary>From what was found.</summary>
    /// <param name="found">What was found.</param>
    /// <param name="bound">The bound.</param>
    public static DrillShownBody From(DrillShown found, DrillBound bound) =>
        new(
            found.Test,
            found.Samples,
            found.After.TotalSeconds,
            bound.Samples is { } samples ? found.Samples <= samples : found.After.TotalSeconds <= bound.Seconds
        );
}

/// <summary>A drill in the answer of <c>/health</c>, so that nobody takes what it makes fail for a fault.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Kind">What is made to fail.</param>
/// <param name="Source">Of which source; null where it is of none.</param>
/// <param name="State"><c>running</c> or <c>clearing</c>.</param>
/// <param name="Shown">Whether it shows.</param>
/// <param name="Ends">When it ends by itself.</param>
internal sealed record DrillMark(string Id, string Kind, string? Source, string State, bool Shown, DateTimeOffset Ends)
{
    /// <summary>From a drill.</summary>
    /// <param name="run">The drill.</param>
    public static DrillMark From(DrillRun run) =>
        new(run.Id, DrillNames.Of(run.Kind), run.Source, run.State, run.Shown is not null, run.Ends);
}
