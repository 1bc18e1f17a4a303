namespace OpenEntropy.Server.Audit;

/// <summary>The log cannot be used as things stand; the message names files of the storage directory alone.</summary>
/// <param name="message">One sentence without its full stop.</param>
internal sealed class AuditException(string message) : Exception(message);
