namespace OpenEntropy.Harvest;

/// <summary>For whom a turn is taken; whose budget pays for it.</summary>
internal enum TurnKind
{
    /// <summary>The pool.</summary>
    Pool,

    /// <summary>
    /// A turn, while the pool is full, of the start-up test that tells for the first time how fast a source is. No budget pays: there are a few such
    /// turns in a source's life, and everybody waits for what they tell.
    /// </summary>
    FirstTrial,

    /// <summary>A drill, and the recovery from one.</summary>
    Drill,

    /// <summary>A recording, every other turn of which is the pool's.</summary>
    Recording,

    /// <summary>Those who wait for raw samples.</summary>
    Raw,
}
