namespace OpenEntropy.Server.Audit;

/// <summary>What came of an act.</summary>
internal enum AuditOutcome
{
    /// <summary>It is about to take effect; another entry tells what came of it.</summary>
    Begun,

    /// <summary>It was done.</summary>
    Done,

    /// <summary>It was refused and had no effect.</summary>
    Refused,

    /// <summary>It broke off; what it did until then stands.</summary>
    Failed,
}
