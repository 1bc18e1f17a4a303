namespace OpenEntropy;

/// <summary>Why no bytes were given.</summary>
public enum RefusalReason
{
    /// <summary>No seed yet, at the start or after the machine was resumed: the start-up tests or the first block are under way.</summary>
    Starting,

    /// <summary>No generator has a seed younger than the maximum seed age.</summary>
    SeedTooOld,

    /// <summary>No block will be completed: too few sources are selected, all of them failed before the first seed, or the harvest has ended.</summary>
    NoEntropy,

    /// <summary>The seed pool held too few blocks within the time allowed.</summary>
    PoolDry,

    /// <summary>The source gave too few raw samples within the time allowed.</summary>
    SourceSlow,

    /// <summary>The pool has been disposed.</summary>
    Stopped,

    /// <summary>A self-test has failed: nothing is given until it passes.</summary>
    SelfTestFailed,
}

/// <summary>A refusal: no byte was given in its place.</summary>
/// <param name="Reason">The kind.</param>
/// <param name="Message">One sentence for the person who asked.</param>
/// <param name="RetryAfter">When it is worth asking again, computed where a rate is known; at least a second.</param>
public sealed record EntropyRefusal(RefusalReason Reason, string Message, TimeSpan RetryAfter);

/// <summary>No entropy can be given, and nothing is given in its place.</summary>
/// <param name="refusal">Why.</param>
public sealed class EntropyUnavailableException(EntropyRefusal refusal) : Exception(refusal.Message)
{
    /// <summary>Why.</summary>
    public EntropyRefusal Refusal { get; } = refusal;
}
