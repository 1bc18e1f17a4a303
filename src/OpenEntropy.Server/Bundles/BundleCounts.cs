using System.Collections.Concurrent;

namespace OpenEntropy.Server.Bundles;

/// <summary>Bundles made and refused.</summary>
internal sealed class BundleCounts
{
    private readonly ConcurrentDictionary<string, long> _refused = new(
        new[] { "request", "plain_http", "rate", "busy", "no_entropy", "identity", "ledger", "repeated" }.Select(reason =>
            KeyValuePair.Create(reason, 0L)
        ),
        StringComparer.Ordinal
    );

    private long _minted;

    /// <summary>Bundles made.</summary>
    public long Minted => Interlocked.Read(ref _minted);

    /// <summary>Requests refused, by reason.</summary>
    public IReadOnlyDictionary<string, long> Refused => _refused;

    /// <summary>Counts one that was made.</summary>
    public void AddMinted() => Interlocked.Increment(ref _minted);

    /// <summary>Counts one that was refused.</summary>
    /// <param name="reason">One of those that <see cref="Refused"/> has from the start.</param>
    public void AddRefused(string reason) => _refused.AddOrUpdate(reason, 1, static (_, count) => count + 1);
}
