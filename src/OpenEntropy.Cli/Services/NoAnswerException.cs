namespace OpenEntropy.Cli.Services;

/// <summary>A service does not answer.</summary>
/// <param name="message">Why, in one clause that begins in lower case and has no full stop.</param>
/// <param name="inner">What was noticed first.</param>
internal sealed class NoAnswerException(string message, Exception inner) : Exception(message, inner);
