using Microsoft.Extensions.Options;

namespace OpenEntropy.Server.Bundles;

/// <summary>Looks for what answers a request for a bundle before anything is drawn for it.</summary>
/// <param name="pool">Says whether it can serve.</param>
/// <param name="identity">Must be there to sign.</param>
/// <param name="secret">Names requests that may be sent again.</param>
/// <param name="repeats">Knows them again.</param>
/// <param name="ledger">Has a bound.</param>
/// <param name="desk">Asks it.</param>
/// <param name="maker">Tests itself.</param>
/// <param name="options">Bound the ledger.</param>
internal sealed class MintObstacles(
    EntropyPool pool,
    BundleKeeper identity,
    LedgerSecret secret,
    MintRepeats repeats,
    LedgerKeeper ledger,
    LedgerDesk desk,
    BundleMaker maker,
    IOptions<BundleOptions> options
)
{
    private static readonly TimeSpan s_later = TimeSpan.FromMinutes(1);

    /// <summary>The answer to the same request before. It needs no entropy, is charged nothing and waits for no key that is being made.</summary>
    /// <param name="repeatable">The request's own name; null where it has none.</param>
    /// <param name="gone">Ends the waits.</param>
    /// <returns>That, or why it cannot be told; null where there is none.</returns>
    public async Task<MintResult?> FindRepeatAsync(RepeatableRequest? repeatable, CancellationToken gone)
    {
        if (repeatable is null)
        {
            return null;
        }

        if (await identity.OpenAsync(mayCreate: false, gone) is { } problem)
        {
            return MintRefusals.NoIdentity(problem);
        }

        await secret.OpenAsync(mayCreate: false, gone);
        return await desk.AskAsync(() => repeats.Find(repeatable), MintRefusals.BusyReading, gone);
    }

    /// <summary>Why none can be made; null where nothing is known to hinder it.</summary>
    /// <param name="gone">Ends the waits.</param>
    public async Task<MintResult?> FindAsync(CancellationToken gone)
    {
        if (!pool.CanServe)
        {
            return MintRefusals.NoEntropy(
                pool.TryGetBytes([]) ?? new EntropyRefusal(RefusalReason.Starting, "the service is starting", s_later)
            );
        }

        if (await identity.OpenAsync(mayCreate: true, gone) is { } problem)
        {
            return MintRefusals.NoIdentity(problem);
        }

        if (await secret.OpenAsync(mayCreate: true, gone) is { } refusal)
        {
            return MintRefusals.NoEntropy(refusal);
        }

        // Found out now, before anything is drawn and made for nothing, and again when it is entered.
        return await desk.AskAsync(FindFull, MintRefusals.BusyReading, gone) ?? await Task.Run(FindFailedTest, gone);
    }

    private MintResult.Refused? FindFull() => ledger.Look().Count >= options.Value.MaximumBundles ? MintRefusals.Full : null;

    private MintResult.Refused? FindFailedTest() => maker.WhyNot() is { } why ? MintRefusals.NotSigned(why) : null;
}
