using OpenEntropy.Assessment.NonIid;

namespace OpenEntropy.Server.Assessment;

/// <summary>Where the assessment of one source stands.</summary>
internal enum StandingState
{
    /// <summary>Nothing was tried yet since the start.</summary>
    Never,

    /// <summary>An operator asked; its turn comes.</summary>
    Queued,

    /// <summary>Its raw samples are being recorded.</summary>
    Recording,

    /// <summary>The estimators run.</summary>
    Assessing,

    /// <summary>The last attempt gave a figure.</summary>
    Assessed,

    /// <summary>The last attempt gave none, or the source is of a kind that is never assessed.</summary>
    NotAssessed,
}

/// <summary>The assessment of one source at one moment, beside its history.</summary>
internal sealed record SourceStanding
{
    /// <summary>A source that nothing was tried with.</summary>
    public static readonly SourceStanding Fresh = new();

    /// <summary>The state.</summary>
    public StandingState State { get; init; }

    /// <summary>Why there is no figure, one sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>When the last attempt ended, with a figure or without.</summary>
    public DateTimeOffset? Attempted { get; init; }

    /// <summary>How long its last recording took; null before the first whole one.</summary>
    public TimeSpan? RecordingTook { get; init; }

    /// <summary>The file of its latest recording, below the storage directory; null where none is kept.</summary>
    public string? Recording { get; init; }

    /// <summary>Every estimate of the last run since the start.</summary>
    public NonIidAssessment? Last { get; init; }

    /// <summary>When and of what that was.</summary>
    public AssessedFigure? LastFigure { get; init; }

    /// <summary>True while something is under way or promised.</summary>
    public bool IsUnderWay => State is StandingState.Queued or StandingState.Recording or StandingState.Assessing;
}
