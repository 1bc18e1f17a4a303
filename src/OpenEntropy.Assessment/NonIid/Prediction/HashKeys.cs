namespace OpenEntropy.Assessment.NonIid;

/// <summary>
/// Odd multipliers for hash tables, different in every process, so that nobody can prepare samples that fall together in one. No result depends
/// on them.
/// </summary>
internal static class HashKeys
{
    /// <summary>The first multiplier.</summary>
    public static readonly ulong First = Next(1);

    /// <summary>The second multiplier.</summary>
    public static readonly ulong Second = Next(2);

    private static ulong Next(int which) =>
        ((ulong)(uint)HashCode.Combine(which, "high") << 32) | (uint)HashCode.Combine(which, "low") | 1 | (1UL << 62);
}
