namespace OpenEntropy.Evidence.Switching;

/// <summary>What is left of rounds of opening and closing, by what the process held before, half way and after.</summary>
internal static class Leftovers
{
    /// <summary>The runtime maps and unmaps for itself as well; a source that leaves a mapping leaves one each round.</summary>
    public const int RuntimeMappings = 32;

    private const int PageBytes = 4096;
    private const int RuntimeBytes = 1 << 20;
    private const int MaximumNames = 3;

    /// <summary>Says what is left, in one clause; null where nothing is.</summary>
    /// <param name="before">Before the first round, with the source closed.</param>
    /// <param name="middle">Half way, with the source closed.</param>
    /// <param name="after">After the last, with the source closed.</param>
    /// <param name="rounds">How many there were.</param>
    /// <param name="spare">Descriptors, threads and mappings that others of the process may open meanwhile; 0: there are no others.</param>
    public static string? Of(ProcessHoldings before, ProcessHoldings middle, ProcessHoldings after, int rounds, int spare = 0)
    {
        var left = new List<string>();
        if (after.Descriptors.Count > before.Descriptors.Count + spare)
            left.Add($"{after.Descriptors.Count - before.Descriptors.Count:N0} descriptors ({Names(before, after)})");
        if (after.Threads > before.Threads + spare)
            left.Add($"{after.Threads - before.Threads:N0} threads");
        if (after.Mappings > before.Mappings + Math.Max(RuntimeMappings, spare))
            left.Add($"{after.Mappings - before.Mappings:N0} mappings");

        // In each half at least half a page a round: the runtime's heap may grow once, a source's leak goes on.
        var enough = Math.Max(RuntimeBytes, rounds / 2 * (PageBytes / 2));
        // Where others do something meanwhile, the heap is theirs as well, and says nothing of the source.
        if (
            spare == 0
            && rounds > 1
            && middle.MappedBytes - before.MappedBytes >= enough
            && after.MappedBytes - middle.MappedBytes >= enough
        )
            left.Add($"{after.MappedBytes - before.MappedBytes:N0} bytes of memory");
        return left.Count == 0 ? null : $"left behind: {string.Join(", ", left)}";
    }

    private static string Names(ProcessHoldings before, ProcessHoldings after)
    {
        var names = after.Descriptors.Except(before.Descriptors, StringComparer.Ordinal).Take(MaximumNames).ToList();
        return names.Count > 0 ? string.Join(", ", names) : "of the kinds that were open before";
    }
}
