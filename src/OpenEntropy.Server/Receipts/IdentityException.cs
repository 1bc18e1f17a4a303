namespace OpenEntropy.Server.Receipts;

/// <summary>The files of the identity are not as they must be; an operator has to look at them.</summary>
/// <param name="message">One sentence without a path beyond the storage directory's own files.</param>
internal sealed class IdentityException(string message) : Exception(message);
