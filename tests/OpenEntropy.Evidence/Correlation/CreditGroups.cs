namespace OpenEntropy.Evidence.Correlation;

/// <summary>Sources that hang together by pairs that share one credit.</summary>
internal static class CreditGroups
{
    /// <summary>The connected components of two sources and more, each in the order of the names given.</summary>
    /// <param name="names">All sources.</param>
    /// <param name="edges">Pairs of them.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Of(IReadOnlyList<string> names, IEnumerable<(string X, string Y)> edges)
    {
        var group = names.ToDictionary(name => name, name => name, StringComparer.Ordinal);
        foreach (var (x, y) in edges)
        {
            var (kept, merged) = (group[x], group[y]);
            foreach (var name in names.Where(name => group[name] == merged))
                group[name] = kept;
        }

        return
        [
            .. names
                .GroupBy(name => group[name], StringComparer.Ordinal)
                .Select(members => members.ToList())
                .Where(members => members.Count > 1),
        ];
    }
}
