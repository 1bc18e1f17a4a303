namespace OpenEntropy.Server.Randomness;

/// <summary>Why a request is refused.</summary>
/// <param name="Status">400, or 403 for what configuration does not allow.</param>
/// <param name="Field">The parameter at fault; null where the query string itself is.</param>
/// <param name="Message">One sentence that names the field and its range.</param>
internal sealed record RequestError(int Status, string? Field, string Message);
