namespace OpenEntropy.Noise;

/// <summary>
/// The runtime's account of garbage collections: two that differ have a pause between them. The count alone misses the second pause of a
/// background collection, which was counted when it began. Taking it allocates nothing.
/// </summary>
/// <param name="Count">Collections begun.</param>
/// <param name="Paused">Time that threads stood still for them.</param>
internal readonly record struct GarbageCollections(int Count, TimeSpan Paused)
{
    /// <summary>The account at this moment.</summary>
    public static GarbageCollections Now() => new(GC.CollectionCount(0), GC.GetTotalPauseDuration());
}
