namespace OpenEntropy.Evidence.Sources;

/// <summary>Which sources, with which settings.</summary>
/// <param name="Selection">
/// As <c>OpenEntropy:Sources:Enabled</c>, with <c>claimed</c> besides and without <c>fast</c> and <c>slow</c>; null: the command's own default.
/// </param>
/// <param name="Settings"><c>SOURCE:SETTING=VALUE</c>, one each.</param>
/// <param name="Storage">The directory for the files of sources; null: a temporary one, deleted afterwards.</param>
internal sealed record SourceRequest(string? Selection, IReadOnlyList<string> Settings, string? Storage)
{
    /// <summary>The arguments that ask for the same.</summary>
    public IEnumerable<string> Arguments()
    {
        if (Selection is not null)
            yield return Selection;
        foreach (var setting in Settings)
        {
            yield return "--setting";
            yield return setting;
        }

        if (Storage is not null)
        {
            yield return "--storage";
            yield return Storage;
        }
    }
}
