namespace OpenEntropy.Server.Limits;

/// <summary>Why a caller is refused, for its limit.</summary>
/// <param name="Kind">Which limit.</param>
/// <param name="Message">One sentence for the person who asked.</param>
/// <param name="RetryAfter">When the same will be served, if the caller asks nothing else meanwhile; of streams, whose end nobody knows, when to look again.</param>
/// <param name="Limit">The most there is.</param>
/// <param name="Level">What is left, and when all is there again.</param>
internal sealed record LimitRefusal(LimitKind Kind, string Message, TimeSpan RetryAfter, long Limit, BucketLevel Level);
