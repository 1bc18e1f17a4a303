namespace OpenEntropy.Harvest;

/// <summary>For whom a turn is taken; whose budget pays for it.</summary>
internal enum TurnKind
{
    /// <summary>The pool.</summary>
    Pool,

    /// <summary>A recording, every other turn of which is the pool's.</summary>
    Recording,

    /// <summary>Those who wait for raw samples.</summary>
    Raw,
}
