namespace OpenEntropy.Drbg;

/// <summary>The causes of seedings under the names by which they are shown.</summary>
internal static class ReseedCauses
{
    /// <summary>Seedings by cause name.</summary>
    /// <param name="seedings">Indexed by <see cref="SeedCause"/>.</param>
    public static IReadOnlyDictionary<string, long> Named(long[] seedings) =>
        Enum.GetValues<SeedCause>()
            .Where(cause => cause != SeedCause.None)
            .ToDictionary(cause => cause.ToString().ToLowerInvariant(), cause => seedings[(int)cause], StringComparer.Ordinal);
}
