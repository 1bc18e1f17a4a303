namespace OpenEntropy.Server.Audit;

/// <summary>An act was not done since its entry cannot be written.</summary>
/// <param name="message">One sentence for who asked.</param>
internal sealed class AuditUnavailableException(string message) : Exception(message)
{
    /// <summary>When it is worth asking again: an operator may have to make room.</summary>
    public static TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(10);
}
