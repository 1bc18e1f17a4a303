using System.Collections;
using System.Runtime.InteropServices;

namespace OpenEntropy.Server.Audit;

/// <summary>Sums by their keys, as many as there may be; the first to come are told apart.</summary>
/// <param name="most">Sums of known callers, and as many of addresses.</param>
internal sealed class AuditSums(int most) : IEnumerable<KeyValuePair<AuditCountKey, AuditSum>>
{
    private readonly Dictionary<AuditCountKey, AuditSum> _sums = [];
    private int _known;
    private int _addresses;

    /// <summary>How many there are.</summary>
    public int Count => _sums.Count;

    /// <summary>Adds to a sum.</summary>
    /// <param name="key">Which.</param>
    /// <param name="sum">What.</param>
    public void Add(in AuditCountKey key, AuditSum sum)
    {
        ref var found = ref CollectionsMarshal.GetValueRefOrNullRef(_sums, key);
        if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref found))
        {
            found += sum;
            return;
        }

        // Those of others are bounded by what can be summed up at all.
        var place = key.Caller is null || TryCount(key) ? key : key.OfOthers;
        CollectionsMarshal.GetValueRefOrAddDefault(_sums, place, out _) += sum;
    }

    /// <summary>An entry for each.</summary>
    /// <param name="since">Since when they were counted.</param>
    public IEnumerable<AuditEntry> Entries(DateTimeOffset since) =>
        from each in _sums
        let key = each.Key
        let party = key.Caller is null ? AuditParty.Others : AuditParty.Of(key.Caller)
        select AuditEntry.Of(party, key.Act, key.Outcome) with
        {
            Since = since,
            Quality = key.Quality.Name(),
            Count = each.Value.Count,
            Bytes = key.Quality == AuditQuality.None ? null : each.Value.Bytes,
            Status = key.Status == 0 ? null : key.Status,
        };

    /// <summary>Forgets them.</summary>
    public void Clear()
    {
        _sums.Clear();
        (_known, _addresses) = (0, 0);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<AuditCountKey, AuditSum>> GetEnumerator() => _sums.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private bool TryCount(in AuditCountKey key)
    {
        ref var count = ref key.IsOfAnAddress ? ref _addresses : ref _known;
        if (count >= most)
        {
            return false;
        }

        count++;
        return true;
    }
}
