namespace OpenEntropy.Server.Security;

/// <summary>Scopes as they are written: in lower case, separated by commas.</summary>
internal static class ScopeNames
{
    private static readonly (string Name, Scopes Scope)[] s_names =
    [
        ("random", Scopes.Random),
        ("raw", Scopes.Raw),
        ("mint", Scopes.Mint),
        ("operate", Scopes.Operate),
        ("metrics", Scopes.Metrics),
    ];

    /// <summary>Every scope's name.</summary>
    public static IReadOnlyList<string> All { get; } = [.. s_names.Select(each => each.Name)];

    /// <summary>The names of some scopes, in the order of <see cref="All"/>.</summary>
    /// <param name="scopes">The scopes.</param>
    public static IReadOnlyList<string> Of(Scopes scopes) =>
        [.. s_names.Where(each => scopes.HasFlag(each.Scope)).Select(each => each.Name)];

    /// <summary>Reads names.</summary>
    /// <param name="names">Names.</param>
    /// <param name="scopes">The scopes.</param>
    /// <returns>False where one is unknown, or there is none.</returns>
    public static bool TryRead(IEnumerable<string> names, out Scopes scopes)
    {
        scopes = Scopes.None;
        foreach (var name in names)
        {
            var scope = Array.Find(s_names, each => each.Name == name).Scope;
            if (scope == Scopes.None)
            {
                scopes = Scopes.None;
                return false;
            }

            scopes |= scope;
        }

        return scopes != Scopes.None;
    }

    /// <summary>Reads names in one text, separated by commas.</summary>
    /// <param name="text">The text.</param>
    /// <param name="scopes">The scopes.</param>
    /// <returns>False where one is unknown, or there is none.</returns>
    public static bool TryRead(string text, out Scopes scopes) => TryRead(text.Split(',', StringSplitOptions.TrimEntries), out scopes);
}
