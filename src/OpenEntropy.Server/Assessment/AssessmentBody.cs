namespace OpenEntropy.Server.Assessment;

/// <summary>The assessments of one source, in the answers of <c>/api/v1/assessments</c>. Entropies are in bits per 8-bit sample.</summary>
internal sealed record AssessmentBody
{
    /// <summary>The source's name.</summary>
    public required string Source { get; init; }

    /// <summary>
    /// <c>never</c> (tried since the start), <c>queued</c>, <c>recording</c>, <c>assessing</c>, <c>assessed</c>, <c>not_assessed</c> (the last attempt
    /// gave no figure, or none is ever made).
    /// </summary>
    public required string State { get; init; }

    /// <summary>Why it was not assessed, one sentence; otherwise null.</summary>
    public required string? Reason { get; init; }

    /// <summary>Samples recorded over samples wanted while it is recorded, 0 to 1; otherwise null.</summary>
    public required double? Progress { get; init; }

    /// <summary>H in force: what a sample earns.</summary>
    public required double ClaimedMinEntropy { get; init; }

    /// <summary>True where an assessment under twice the claim has lowered it.</summary>
    public required bool ClaimLowered { get; init; }

    /// <summary>The latest assessment; null before there is one.</summary>
    public required double? MinEntropy { get; init; }

    /// <summary>When it was done.</summary>
    public required DateTimeOffset? Time { get; init; }

    /// <summary>Samples it was of.</summary>
    public required int? Samples { get; init; }

    /// <summary>What is to be said of so few samples; null where there are enough.</summary>
    public required string? Shortness { get; init; }

    /// <summary>Assessments ever done.</summary>
    public required long Count { get; init; }

    /// <summary>The lowest of them.</summary>
    public required double? Minimum { get; init; }

    /// <summary>Samples the lowest was of; null before there is one, and where it is no longer among the figures kept one by one.</summary>
    public required int? MinimumSamples { get; init; }

    /// <summary>What is to be said of so few samples; null where there are enough, or it is not known.</summary>
    public required string? MinimumShortness { get; init; }

    /// <summary>The 5th percentile of the latest, nearest rank; null while there are fewer than ten.</summary>
    public required double? P5 { get; init; }
}

/// <summary>The answer of <c>/api/v1/assessments/{source}</c>.</summary>
/// <param name="Assessment">As in the list.</param>
/// <param name="Last">Every estimate of the last assessment since the start; null before there is one.</param>
/// <param name="History">The latest assessments, the oldest first.</param>
/// <param name="Recording">The latest recording, below the storage directory; null where none is kept.</param>
/// <param name="Note">What the figures are and are not.</param>
internal sealed record AssessmentDetailBody(
    AssessmentBody Assessment,
    RunBody? Last,
    IReadOnlyList<FigureBody> History,
    string? Recording,
    string Note
);

/// <summary>The answer of <c>/api/v1/assessments</c>.</summary>
/// <param name="Assessments">Every source.</param>
/// <param name="Total">How many.</param>
/// <param name="Assessor">What the assessor itself is doing.</param>
/// <param name="Note">What the figures are and are not.</param>
internal sealed record AssessmentListBody(IReadOnlyList<AssessmentBody> Assessments, int Total, AssessorBody Assessor, string Note);

/// <summary>The assessor itself.</summary>
internal sealed record AssessorBody
{
    /// <summary><c>disabled</c>, <c>waiting</c> (for the pool to fill), <c>idle</c>, <c>recording</c>, <c>assessing</c>, <c>stopped</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>The source it is at work on; null for none.</summary>
    public required string? Source { get; init; }

    /// <summary>Sources that were asked for and wait, the next first.</summary>
    public required IReadOnlyList<string> Queue { get; init; }

    /// <summary>Share of one core that the computing may use.</summary>
    public required double CpuBudget { get; init; }

    /// <summary>Processor time it has used since the start, seconds.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>Samples of a recording.</summary>
    public required int RecordingLength { get; init; }

    /// <summary>The longest a recording may take, seconds.</summary>
    public required double RecordingTimeSeconds { get; init; }

    /// <summary>Least time between two assessments of a credited source, seconds.</summary>
    public required double IntervalSeconds { get; init; }

    /// <summary>One sentence where earlier assessments are lost or new ones cannot be kept; otherwise null.</summary>
    public required string? HistoryProblem { get; init; }
}

/// <summary>One assessment in a source's history.</summary>
/// <param name="Time">When it was done.</param>
/// <param name="MinEntropy">The assessment, bits per sample.</param>
/// <param name="HOriginal">H_original, bits per sample.</param>
/// <param name="HBitstring">H_bitstring, bits per bit.</param>
/// <param name="Samples">Samples of the recording.</param>
/// <param name="Kind"><c>full</c>, or <c>short</c> of fewer than 1,000,000 samples.</param>
/// <param name="Trigger"><c>automatic</c> or <c>requested</c>.</param>
/// <param name="Sha256">Of the recording.</param>
internal sealed record FigureBody(
    DateTimeOffset Time,
    double MinEntropy,
    double? HOriginal,
    double? HBitstring,
    int Samples,
    string Kind,
    string Trigger,
    string? Sha256
);

/// <summary>The answer to a request for an assessment.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="State"><c>queued</c>, or <c>recording</c> where the recording under way became the requested one.</param>
/// <param name="Ahead">Assessments that come before it, the one under way among them.</param>
/// <param name="ExpectedSeconds">How long until the figure is there, as far as that can be told.</param>
internal sealed record AssessmentRequestBody(string Source, string State, int Ahead, double ExpectedSeconds);
