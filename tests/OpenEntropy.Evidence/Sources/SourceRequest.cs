namespace OpenEntropy.Evidence.Sources;

/// <summary>Which sources, with which settings.</summary>
/// <param name="Selection">As <c>OpenEntropy:Sources:Enabled</c>, and <c>claimed</c> besides; null: the command's own default.</param>
/// <param name="Settings"><c>SOURCE:SETTING=VALUE</c>, one each.</param>
/// <param name="Storage">The directory for the files of sources; null: a temporary one, deleted afterwards.</param>
internal sealed record SourceRequest(string? Selection, IReadOnlyList<string> Settings, string? Storage);
