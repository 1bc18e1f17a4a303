namespace OpenEntropy.Conditioning;

/// <summary>
/// The account of one open block: h_in = Σ samples × H per source. It is complete when h_in without its largest contributors reaches
/// n_out + 64 (SP 800-90C, 3.2.2.2: full entropy), so that the block keeps its entropy when any of these turns out to have none.
/// </summary>
/// <param name="sources">Number of sources.</param>
/// <param name="leaveOut">Largest contributors left out of the count.</param>
/// <param name="requirement">n_out + 64, bits.</param>
internal sealed class EntropyCredit(int sources, int leaveOut, int requirement)
{
    /// <summary>SP 800-90C, 3.2.2.2: bits beyond n_out that a block of full entropy needs.</summary>
    public const int MarginBits = 64;

    private readonly double[] _bits = new double[sources];
    private readonly double[] _largest = new double[leaveOut];

    /// <summary>Σh of the open block, bits.</summary>
    public double Total { get; private set; }

    /// <summary>True when what remains without the largest contributors is enough.</summary>
    public bool IsComplete => Total - Largest() >= requirement;

    /// <summary>Counts a turn.</summary>
    /// <param name="source">The source's index.</param>
    /// <param name="bits">What its samples earned.</param>
    public void Add(int source, double bits)
    {
        _bits[source] += bits;
        Total += bits;
    }

    /// <summary>Starts the count at 0: no sample counts twice.</summary>
    public void Clear()
    {
        Array.Clear(_bits);
        Total = 0;
    }

    private double Largest()
    {
        Array.Clear(_largest);
        foreach (var bits in _bits)
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
