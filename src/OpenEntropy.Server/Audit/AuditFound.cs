namespace OpenEntropy.Server.Audit;

/// <summary>Where the log goes on, and what was wrong with it.</summary>
/// <param name="Head">The chain as it goes on.</param>
/// <param name="Path">The file to go on in; null: a new one.</param>
/// <param name="Length">Its bytes.</param>
internal sealed record AuditFound(AuditHead Head, string? Path, long Length)
{
    /// <summary>Bytes of a torn end that were cut off.</summary>
    public long Torn { get; init; }

    /// <summary>The name of the file they were in.</summary>
    public string? TornFile { get; init; }

    /// <summary>The name of the file that is damaged and is left as it is; null for none.</summary>
    public string? DamagedFile { get; init; }

    /// <summary>What is wrong with it, in one sentence.</summary>
    public string? Damage { get; init; }
}
