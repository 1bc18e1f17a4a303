namespace OpenEntropy.Cli.Recording;

/// <summary>Where a session is that was kept.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Left">What stays of the session that it replaced, a sentence; null: nothing.</param>
internal sealed record KeptSession(string Folder, string? Left = null)
{
    /// <summary>The name that it was to have, where it is whole and something that must stay has that name; null: it has its name, or is not whole.</summary>
    public string? Taken { get; init; }
}
