using System.Collections.Concurrent;

namespace OpenEntropy.Server.Bundles;

/// <summary>Requests with an Idempotency-Key: those that are under way, and those that the ledger has a bundle of.</summary>
/// <param name="secret">Knows them again; it was opened before, where there is one.</param>
/// <param name="ledger">Has the bundles.</param>
internal sealed class MintRepeats(LedgerSecret secret, LedgerKeeper ledger)
{
    private static readonly TimeSpan s_later = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, byte> _underWay = new(StringComparer.Ordinal);

    /// <summary>The answer to a request that was there before; null where none was. It waits for the device.</summary>
    /// <param name="request">The request.</param>
    public MintResult? Find(RepeatableRequest request)
    {
        if (!secret.IsOpen)
        {
            return null; // it is made before the first bundle is
        }

        var id = secret.IdOf(request.Key);
        var open = ledger.Look();
        if (open.Find(id) is not { } entry)
        {
            return null;
        }

        if (open.Read(entry) is not { } file)
        {
            return new MintResult.Refused("ledger", 503, $"the file of {id} is gone or is not the one that was written", null, s_later);
        }

        return StoredBundle.IsOf(file, secret.HmacOf(request))
            ? new MintResult.Repeated(id, StoredBundle.WithoutSecrets(file))
            : new MintResult.Refused("repeated", 422, "this Idempotency-Key came with another request before", "Idempotency-Key");
    }

    /// <summary>Begins a request.</summary>
    /// <param name="request">The request.</param>
    /// <returns>To be disposed of at its end; null where one with the same key is under way.</returns>
    public UnderWay? TryBegin(RepeatableRequest request)
    {
        var id = secret.IdOf(request.Key);
        return _underWay.TryAdd(id, 0) ? new UnderWay(this, id, secret.HmacOf(request)) : null;
    }

    /// <summary>A request under way.</summary>
    /// <param name="Repeats">Where it is known.</param>
    /// <param name="Id">The id of its bundle.</param>
    /// <param name="Hmac">What is kept of it.</param>
    internal sealed record UnderWay(MintRepeats Repeats, string Id, string Hmac) : IDisposable
    {
        /// <summary>Ends it.</summary>
        public void Dispose() => Repeats._underWay.TryRemove(Id, out _);
    }
}
