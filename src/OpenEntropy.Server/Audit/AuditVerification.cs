namespace OpenEntropy.Server.Audit;

/// <summary>A file of a log that was followed.</summary>
/// <param name="Path">The file.</param>
/// <param name="Lines">Its lines.</param>
/// <param name="Problems">What is wrong with it.</param>
internal sealed record AuditFileVerification(string Path, int Lines, IReadOnlyList<AuditProblem> Problems);

/// <summary>What was found.</summary>
/// <param name="Files">The files, in the order of the chain.</param>
/// <param name="First">The number of the first entry that is kept; null where none is.</param>
/// <param name="Entries">Entries that are kept.</param>
/// <param name="Head">Where the chain ends.</param>
/// <param name="Time">When its last entry was made; null where there is none.</param>
/// <param name="HasFrom">Whether the hash that was asked for is that of an entry; null where none was.</param>
/// <param name="SignedUpTo">The number of the last checkpoint that the key signed: nothing before it can have been changed without the key. Null for none.</param>
/// <param name="Forged">Checkpoints that name the key, and that it did not sign.</param>
/// <param name="Open">Acts that began and of which nothing says what came of them: the process ended first, or they are under way.</param>
internal sealed record AuditVerification(
    IReadOnlyList<AuditFileVerification> Files,
    long? First,
    long Entries,
    AuditHead Head,
    DateTimeOffset? Time,
    bool? HasFrom,
    long? SignedUpTo,
    IReadOnlyList<long> Forged,
    IReadOnlyList<long> Open
)
{
    /// <summary>Whether every entry follows from the one before, and the one that was asked for is among them.</summary>
    public bool IsWhole => HasFrom != false && Forged.Count == 0 && Files.All(file => file.Problems.Count == 0);

    /// <summary>Whether nothing is wrong but that the last file ends within a line, as it does while that is being written.</summary>
    public bool IsOnlyTorn =>
        HasFrom != false && Forged.Count == 0 && Files.SelectMany(file => file.Problems) is var all && all.Any() && all.All(IsAtTheEnd);

    private bool IsAtTheEnd(AuditProblem problem) => problem.Kind == AuditBreak.Torn && Files[^1].Problems.Contains(problem);
}
