namespace OpenEntropy.Chaos;

/// <summary>The service, or something it needs here, does not start.</summary>
/// <param name="message">Why.</param>
internal sealed class ServiceDoesNotStartException(string message) : Exception(message);
