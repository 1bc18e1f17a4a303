namespace OpenEntropy.Evidence;

/// <summary>What was asked for cannot be done as it was asked.</summary>
/// <param name="message">Why, in one clause without a full stop.</param>
internal sealed class UsageException(string message) : Exception(message);
