namespace OpenEntropy.Server.Errors;

/// <summary>
/// Ends an answer that has begun and cannot go on as promised. What was written is still sent; then the connection is closed without the answer's
/// end (HTTP/2: its stream is reset), so that the client knows that it is not whole.
/// </summary>
/// <param name="message">Why.</param>
internal sealed class BrokenOffException(string message) : Exception(message);
