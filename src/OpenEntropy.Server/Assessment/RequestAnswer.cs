namespace OpenEntropy.Server.Assessment;

/// <summary>What became of a request.</summary>
internal enum RequestResult
{
    /// <summary>It stands in the queue.</summary>
    Accepted,

    /// <summary>The source was being recorded unasked; that recording is the requested one now.</summary>
    Joined,

    /// <summary>The source is queued, asked for and recorded, or assessed already: that gives the figure.</summary>
    UnderWay,

    /// <summary>The queue is full.</summary>
    Full,

    /// <summary>The source was asked for less than an interval ago.</summary>
    TooSoon,

    /// <summary>The assessor has ended.</summary>
    Ended,
}

/// <summary>The answer to a request.</summary>
/// <param name="Result">What became of it.</param>
/// <param name="Ahead">The sources that come before it, the one at work first.</param>
/// <param name="Wait">Where it came too soon: how long until the next may come.</param>
internal readonly record struct RequestAnswer(RequestResult Result, IReadOnlyList<string> Ahead, TimeSpan Wait = default);
