using OpenEntropy.Server.Health;

namespace OpenEntropy.Server.Errors;

/// <summary>
/// Ends an answer that has begun and cannot go on as promised. What was written is still sent; then the connection is closed without the answer's
/// end (HTTP/2: its stream is reset), so that the client knows that it is not whole. Where the close is the only end there is
/// (<see cref="BrokenOffAnswers"/>), the connection is reset.
/// </summary>
/// <param name="reason">Why, as metrics name it.</param>
/// <param name="message">Why, in one sentence.</param>
internal sealed class BrokenOffException(string reason, string message) : Exception(message)
{
    /// <summary>The reason of those that came to the end of their caller's limit.</summary>
    public const string LimitReached = "limit_reached";

    /// <summary>The pool gives nothing more.</summary>
    /// <param name="refusal">Why.</param>
    public BrokenOffException(EntropyRefusal refusal)
        : this(StateNames<RefusalReason>.Of(refusal.Reason), refusal.Message) { }

    /// <summary>Why, as metrics name it.</summary>
    public string Reason => reason;
}
