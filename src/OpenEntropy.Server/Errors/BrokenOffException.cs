namespace OpenEntropy.Server.Errors;

/// <summary>
/// Ends an answer that has begun and cannot go on as promised. What was written is still sent; then the connection is closed without the answer's
/// end (HTTP/2: its stream is reset), so that the client knows that it is not whole. Where the close is the only end there is
/// (<see cref="BrokenOffAnswers"/>), the connection is reset.
/// </summary>
/// <param name="refusal">Why.</param>
internal sealed class BrokenOffException(EntropyRefusal refusal) : Exception(refusal.Message)
{
    /// <summary>Why.</summary>
    public RefusalReason Reason => refusal.Reason;
}
