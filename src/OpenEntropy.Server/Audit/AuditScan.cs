namespace OpenEntropy.Server.Audit;

/// <summary>What is wrong with a line.</summary>
internal enum AuditBreak
{
    /// <summary>It, or the one before it, is not what was written.</summary>
    Changed,

    /// <summary>Entries before it are not there.</summary>
    Missing,

    /// <summary>Its place is an earlier one, or it stands there twice.</summary>
    Reordered,

    /// <summary>It has no end: it was being written when the process or the machine ended, or its end was taken away.</summary>
    Torn,
}

/// <summary>A line that does not follow from the one before.</summary>
/// <param name="Line">Its number in the file, from 1.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="What">The same in one sentence.</param>
internal sealed record AuditProblem(int Line, AuditBreak Kind, string What);

/// <summary>A file of the log as it was found.</summary>
internal sealed record AuditScan
{
    /// <summary>The first line; null where it is none that was written here.</summary>
    public required AuditLine? First { get; init; }

    /// <summary>The chain after the last line before the first problem.</summary>
    public required AuditHead Good { get; init; }

    /// <summary>Bytes up to there.</summary>
    public required long GoodBytes { get; init; }

    /// <summary>The chain after the last line, good or not, that can be read.</summary>
    public required AuditHead Last { get; init; }

    /// <summary>When the last line that can be read was entered.</summary>
    public required DateTimeOffset? LastTime { get; init; }

    /// <summary>Lines with an end.</summary>
    public required int Lines { get; init; }

    /// <summary>Bytes after the last line's end.</summary>
    public required long TornBytes { get; init; }

    /// <summary>What is wrong, in the order of the lines; of a torn end the last.</summary>
    public required IReadOnlyList<AuditProblem> Problems { get; init; }

    /// <summary>Whether nothing is wrong but, at most, that the end is torn.</summary>
    public bool IsWholeToItsEnd => Problems.All(problem => problem.Kind == AuditBreak.Torn);
}
