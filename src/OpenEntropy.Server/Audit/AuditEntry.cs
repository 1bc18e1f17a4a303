using OpenEntropy.Server.Health;

namespace OpenEntropy.Server.Audit;

/// <summary>What is to be entered, before it has its place in the chain. Nothing of it is content, a key, or text of a request beyond names that exist.</summary>
/// <param name="Party">Who acted.</param>
/// <param name="Act">What, a name of <see cref="AuditAct"/>.</param>
/// <param name="Outcome">What came of it, a name of <see cref="AuditOutcome"/>.</param>
internal sealed record AuditEntry(AuditParty Party, string Act, string Outcome)
{
    /// <summary>Since when a sum was counted; null where the entry is of one act.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>What it was done to: a source's name, a key's or bundle's id; null for none.</summary>
    public string? Subject { get; init; }

    /// <summary>Which output was drawn; null for none.</summary>
    public string? Quality { get; init; }

    /// <summary>How many acts the entry stands for; of random output, answers; of a file that is deleted, the numbers of its entries.</summary>
    public long Count { get; init; } = 1;

    /// <summary>Random bytes drawn; null where none are.</summary>
    public long? Bytes { get; init; }

    /// <summary>The HTTP status of the answer; null where there is none.</summary>
    public int? Status { get; init; }

    /// <summary>The number of the entry that told of the act's beginning; null where there is none.</summary>
    public long? Begun { get; init; }

    /// <summary>An entry of fixed names.</summary>
    /// <param name="party">Who acted.</param>
    /// <param name="act">What.</param>
    /// <param name="outcome">What came of it.</param>
    public static AuditEntry Of(AuditParty party, AuditAct act, AuditOutcome outcome) =>
        new(party, StateNames<AuditAct>.Of(act), StateNames<AuditOutcome>.Of(outcome));
}
