namespace OpenEntropy.Server.Audit;

/// <summary>The answer of <c>/api/v1/audit/head</c>.</summary>
internal sealed record AuditHeadBody
{
    /// <summary>Whether there is an audit log.</summary>
    public required bool Enabled { get; init; }

    /// <summary>The number of its last entry; 0 where there is none.</summary>
    public required long Sequence { get; init; }

    /// <summary>SHA-256 of that entry's line with its line feed, 64 hexadecimal digits; zeros where there is none.</summary>
    public required string Hash { get; init; }

    /// <summary>When it was made, UTC; null where this process has made none yet.</summary>
    public required DateTimeOffset? Time { get; init; }

    /// <summary>Why entries cannot be written, in one sentence; null where they can.</summary>
    public required string? Problem { get; init; }

    /// <summary>From what a log says of itself.</summary>
    /// <param name="state">What it says.</param>
    public static AuditHeadBody From(AuditState state) =>
        new()
        {
            Enabled = state.IsEnabled,
            Sequence = state.Head.Sequence,
            Hash = state.Head.Hash,
            Time = state.Time,
            Problem = state.Problem,
        };
}
