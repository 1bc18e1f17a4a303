namespace OpenEntropy.Pool;

/// <summary>Blocks since the start; what was produced is available, used, replaced, expired or discarded.</summary>
/// <param name="Available">In the pool now.</param>
/// <param name="Produced">Completed.</param>
/// <param name="Used">Taken, each once.</param>
/// <param name="Replaced">Zeroed in favour of a newer one.</param>
/// <param name="Expired">Zeroed for their age.</param>
/// <param name="Discarded">Zeroed after a resume, at the end, or unused by the request that took them.</param>
internal readonly record struct SeedPoolCounts(int Available, long Produced, long Used, long Replaced, long Expired, long Discarded);
