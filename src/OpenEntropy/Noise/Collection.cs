namespace OpenEntropy.Noise;

/// <summary>How a collection ended.</summary>
internal enum CollectionResult
{
    /// <summary>Samples came.</summary>
    Collected,

    /// <summary>The source is not open yet, is being reopened, or is still busy.</summary>
    NotReady,

    /// <summary>It did not return within its deadline and was left to its own thread.</summary>
    Hung,

    /// <summary>It threw, or gave no sample.</summary>
    Threw,
}

/// <summary>What may have touched the measurements of a collection from outside, so that they are dropped before they are tested.</summary>
internal enum Disturbance
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A garbage collection stopped the thread.</summary>
    GarbageCollection,

    /// <summary>The clock was set, or the machine resumed.</summary>
    ClockJump,

    /// <summary>The process or the machine stood still.</summary>
    Stop,
}

/// <summary>One collection of one source.</summary>
/// <param name="Result">How it ended.</param>
/// <param name="Count">Samples written to the thread's buffer.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Disturbance">What disturbed it.</param>
/// <param name="Late">It ended after the harvest had gone on to other sources: its samples were collected beside theirs and earn nothing.</param>
/// <param name="Error">Why it failed, in one clause.</param>
/// <param name="Processor">Processor time of the source's own thread; all of the time where the system does not say.</param>
internal readonly record struct Collection(
    CollectionResult Result,
    int Count = 0,
    TimeSpan Elapsed = default,
    Disturbance Disturbance = Disturbance.None,
    bool Late = false,
    string? Error = null,
    TimeSpan Processor = default
);
