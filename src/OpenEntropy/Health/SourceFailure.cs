namespace OpenEntropy.Health;

/// <summary>When and how a source failed, be it healthy again since.</summary>
/// <param name="Time">When the failure was noticed.</param>
/// <param name="Reason">What happened, in one clause.</param>
public sealed record SourceFailure(DateTimeOffset Time, string Reason);
