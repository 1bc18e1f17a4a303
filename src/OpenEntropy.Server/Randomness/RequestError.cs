namespace OpenEntropy.Server.Randomness;

/// <summary>Why a request is refused.</summary>
/// <param name="Status">400; 403 for what configuration does not allow; 503 for what a right request meets and passes.</param>
/// <param name="Field">The parameter at fault; null where none is.</param>
/// <param name="Message">One sentence that names the field and its range.</param>
internal sealed record RequestError(int Status, string? Field, string Message);
