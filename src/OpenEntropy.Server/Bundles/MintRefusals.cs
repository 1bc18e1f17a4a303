using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Receipts;

namespace OpenEntropy.Server.Bundles;

/// <summary>Why no bundle is made, where it is not the request's own fault.</summary>
internal static class MintRefusals
{
    private static readonly TimeSpan s_later = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(2);

    /// <summary>As many keys are being made as may wait.</summary>
    public static MintResult.Refused Busy { get; } =
        new("busy", 503, "as many keys as may wait are being made already: ask again", null, s_soon);

    /// <summary>As much is being read from the ledger as may wait.</summary>
    public static MintResult.Refused BusyReading { get; } = new("busy", 503, LedgerDesk.Busy, null, LedgerDesk.Soon);

    /// <summary>The ledger has as many entries as it may.</summary>
    public static MintResult.Refused Full { get; } =
        Ledger($"the ledger holds as many bundles as it may: {BundleOptions.Section}:{nameof(BundleOptions.MaximumBundles)}");

    /// <summary>The pool gives no randomness.</summary>
    /// <param name="refusal">Why.</param>
    public static MintResult.Refused NoEntropy(EntropyRefusal refusal) => new("no_entropy", 503, refusal.Message, null, refusal.RetryAfter);

    /// <summary>Nobody signs.</summary>
    /// <param name="problem">Why.</param>
    public static MintResult.Refused NoIdentity(IdentityProblem problem) => new("identity", 503, problem.Message, null, problem.RetryAfter);

    /// <summary>Nothing is to be signed.</summary>
    /// <param name="why">One sentence.</param>
    public static MintResult.Refused NotSigned(string why) => new("identity", 503, why, null, s_later);

    /// <summary>Nothing may be done without a trace.</summary>
    /// <param name="why">Why there can be none.</param>
    public static MintResult.Refused Untold(AuditUnavailableException why) =>
        new("audit", 503, why.Message, null, AuditUnavailableException.RetryAfter);

    /// <summary>There can be no entry.</summary>
    /// <param name="why">One sentence.</param>
    public static MintResult.Refused Ledger(string why) => new("ledger", 503, why, null, s_later);
}
