namespace OpenEntropy.Cli.Monitor.Feeds;

/// <summary>A service that does not answer, or not as this program expects.</summary>
/// <param name="message">Why, in one clause that begins in lower case and has no full stop.</param>
/// <param name="inner">What was noticed first; null for an answer that is wrong.</param>
internal sealed class MonitorFeedException(string message, Exception? inner = null) : Exception(message, inner);
