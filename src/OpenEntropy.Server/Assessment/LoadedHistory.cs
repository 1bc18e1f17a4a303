namespace OpenEntropy.Server.Assessment;

/// <summary>What the file gave.</summary>
/// <param name="Sources">The histories; none after a problem.</param>
/// <param name="Problem">One sentence where it could not be read or was set aside; null where all is well or there is none.</param>
/// <param name="MayBeReplaced">False where a file stands there that could not be read: what it holds may lower credit and must not be lost.</param>
internal sealed record LoadedHistory(IReadOnlyDictionary<string, SourceHistory> Sources, string? Problem, bool MayBeReplaced);
