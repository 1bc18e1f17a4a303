namespace OpenEntropy.Assessment.NonIid;

/// <summary>
/// How often each symbol followed each prefix, and which one most often so far, the greatest of several (SP 800-90B, 6.3.9, step 3.b).
/// </summary>
/// <remarks>
/// Counts only grow, so that the most common successor is known from the last increment on. Its count stands above the symbol in one integer,
/// and nowhere else while it leads; the table has the others.
/// </remarks>
internal sealed class SuccessorCounts(int maximumPrefixes)
{
    private readonly PairTable _others = new();
    private long[] _best = new long[Math.Min(maximumPrefixes, 256)];

    /// <summary>How many prefixes there are; they are numbered from 0.</summary>
    public int Prefixes { get; private set; }

    /// <summary>Forgets all prefixes.</summary>
    public void Clear()
    {
        _others.Clear();
        Prefixes = 0;
    }

    /// <summary>Adds a prefix with its first successor, and gives it its number.</summary>
    public int Add(byte successor)
    {
        if (Prefixes == _best.Length)
            Array.Resize(ref _best, Math.Min(maximumPrefixes, 2 * _best.Length));
        _best[Prefixes] = Pack(1, successor);
        return Prefixes++;
    }

    /// <summary>The most common successor of a prefix.</summary>
    public byte MostCommon(int prefix) => (byte)_best[prefix];

    /// <summary>Counts a successor of a prefix.</summary>
    /// <param name="prefix">The number of the prefix.</param>
    /// <param name="successor">The symbol that followed it.</param>
    /// <param name="mayAdd">Whether a successor that never followed it before is to be counted.</param>
    /// <returns>True where the successor was added.</returns>
    public bool Increment(int prefix, byte successor, bool mayAdd)
    {
        ref var best = ref _best[prefix];
        if ((byte)best == successor)
        {
            best += Pack(1, 0);
            return false;
        }

        var isKnown = _others.TryGet(prefix, successor, out var count);
        if (!isKnown && !mayAdd)
            return false;

        var candidate = Pack(count + 1, successor);
        if (candidate > best)
        {
            _others.Set(prefix, (byte)best, (int)(best >> 8));
            best = candidate;
        }
        else
            _others.Set(prefix, successor, count + 1);

        return !isKnown;
    }

    private static long Pack(int count, byte symbol) => ((long)count << 8) | symbol;
}
