namespace OpenEntropy.Server.Security.Keys;

/// <summary>A file of the keys is not as it must be; an operator has to look at it.</summary>
/// <param name="message">One sentence that names the file.</param>
internal sealed class ApiKeyFileException(string message) : Exception(message);
