namespace OpenEntropy.Conditioning;

/// <summary>
/// The account of one open block: h_in = Σ samples × H per source. It is complete when h_in without its largest contributors reaches
/// n_out + 64 (SP 800-90C, 3.2.2.2: full entropy), so that the block keeps its entropy when any of these turns out to have none. Sources that share
/// one credit are one contributor: what they have in common may be missing in all of them at once.
/// It belongs to the harvest thread, but for <see cref="Counts"/>.
/// </summary>
/// <param name="sources">Number of sources.</param>
/// <param name="contributors">Which of them count as one.</param>
/// <param name="leaveOut">Largest contributors left out of the count.</param>
/// <param name="requirement">n_out + 64, bits.</param>
internal sealed class EntropyCredit(int sources, Contributors contributors, int leaveOut, int requirement)
{
    /// <summary>SP 800-90C, 3.2.2.2: bits beyond n_out that a block of full entropy needs.</summary>
    public const int MarginBits = 64;

    private readonly Lock _gate = new();
    private readonly double[] _bits = new double[sources];
    private readonly double[] _together = new double[contributors.Count];
    private readonly double[] _largest = new double[leaveOut];
    private EntropyCounts _counts;

    /// <summary>Σh of the open block, bits.</summary>
    public double Total => _counts.Pending;

    /// <summary>The accounts since the start, which add up at every moment; for any thread.</summary>
    public EntropyCounts Counts
    {
        get
        {
            lock (_gate)
                return _counts;
        }
    }

    /// <summary>True when what remains without the largest contributors is enough.</summary>
    public bool IsComplete => Total - Largest() >= requirement;

    /// <summary>Counts a turn.</summary>
    /// <param name="source">The source's index.</param>
    /// <param name="bits">What its samples earned.</param>
    public void Add(int source, double bits)
    {
        _bits[source] += bits;
        lock (_gate)
            _counts = _counts with { In = _counts.In + bits, Pending = _counts.Pending + bits };
    }

    /// <summary>A source failed: what it earned in the open block no longer counts.</summary>
    /// <param name="source">The source's index.</param>
    public void Revoke(int source)
    {
        var revoked = _bits[source];
        if (revoked == 0)
            return;
        _bits[source] = 0;

        // Summed anew, so that nothing of the revoked remains by rounding.
        double left = 0;
        foreach (var bits in _bits)
            left += bits;
        lock (_gate)
            _counts = _counts with { Pending = left, Discarded = _counts.Discarded + revoked };
    }

    /// <summary>The block was emitted: the count starts at 0, and no sample counts twice.</summary>
    public void Complete()
    {
        Array.Clear(_bits);
        lock (_gate)
            _counts = _counts with { InBlocks = _counts.InBlocks + _counts.Pending, Pending = 0 };
    }

    /// <summary>The block was forgotten: the count starts at 0.</summary>
    public void Discard()
    {
        Array.Clear(_bits);
        lock (_gate)
            _counts = _counts with { Discarded = _counts.Discarded + _counts.Pending, Pending = 0 };
    }

    private double Largest()
    {
        Array.Clear(_largest);
        Array.Clear(_together);
        for (var i = 0; i < _bits.Length; i++)
            _together[contributors.Of(i)] += _bits[i];
        foreach (var bits in _together)
        {
            // Insertion into the few largest, in descending order.
            var carried = bits;
            for (var i = 0; i < _largest.Length; i++)
            {
                if (carried > _largest[i])
                    (carried, _largest[i]) = (_largest[i], carried);
            }
        }

        double sum = 0;
        foreach (var bits in _largest)
            sum += bits;
        return sum;
    }
}
