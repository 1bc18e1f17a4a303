using OpenEntropy.Drills;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Drills;

/// <summary>One drill from its beginning until all is as before. The desk's lock guards what changes.</summary>
internal sealed class DrillRun
{
    /// <summary>Its number since the start of the service, from 1.</summary>
    public required string Id { get; init; }

    /// <summary>What fails.</summary>
    public required DrillKind Kind { get; init; }

    /// <summary>Of which source; null where it is of none.</summary>
    public required string? Source { get; init; }

    /// <summary>Who asked.</summary>
    public required Caller Caller { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Began { get; init; }

    /// <summary>The same as a timestamp of the time provider.</summary>
    public required long BeganAt { get; init; }

    /// <summary>After how long it ends by itself, by the monotonic clock.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>When that is, for display: a wall clock that is set does not move the end.</summary>
    public DateTimeOffset Ends => Began + Duration;

    /// <summary>By when it must show.</summary>
    public required DrillBound Bound { get; init; }

    /// <summary>By when all must be as before, counted from its end.</summary>
    public required DrillBound ClearBound { get; init; }

    /// <summary>What is done to the source; null where it is of none.</summary>
    public required SourceExercise? Exercise { get; init; }

    /// <summary>How it showed; null while it does not.</summary>
    public DrillShown? Shown { get; set; }

    /// <summary>When it ended; null while it is on.</summary>
    public DateTimeOffset? Ended { get; set; }

    /// <summary>The same as a timestamp of the time provider; nothing while it is on.</summary>
    public long EndedAt { get; set; }

    /// <summary>By what: <c>time</c>, <c>operator</c> or <c>stop</c>.</summary>
    public string? EndedBy { get; set; }

    /// <summary>When all was as before; null until it is.</summary>
    public DateTimeOffset? Cleared { get; set; }

    /// <summary>How long after its end that was, by the monotonic clock; null until then.</summary>
    public TimeSpan? ClearedAfter { get; set; }

    /// <summary>True once the bound within which all is to be as before has passed, and it is not: what fails then fails by itself.</summary>
    public bool IsOverdue { get; set; }

    /// <summary>True once nothing more is to come: all is as before, or the source is off, or it is not as before for long.</summary>
    public bool IsSettled { get; set; }

    /// <summary><c>running</c>, <c>clearing</c>, <c>cleared</c>, or <c>ended</c> where the source is off, all is not as before for long, or the service stops.</summary>
    public string State =>
        Ended is null ? "running"
        : !IsSettled ? "clearing"
        : Cleared is not null ? "cleared"
        : "ended";
}

/// <summary>How a drill showed.</summary>
/// <param name="Test">What noticed it: a health test or <c>self_test</c>; null where it is the pool that refuses.</param>
/// <param name="Samples">Samples of the drill that the test had seen by then; null where none are counted.</param>
/// <param name="After">How long after its beginning.</param>
internal sealed record DrillShown(string? Test, long? Samples, TimeSpan After);
