namespace OpenEntropy.Server.Dashboard;

/// <summary>Means of three entropies by slots of one length; the oldest slot makes room for the newest.</summary>
/// <param name="step">Seconds in a slot.</param>
/// <param name="slots">How many are kept.</param>
internal sealed class EntropyRing(int step, int slots)
{
    private const int Figures = 3;

    // 0: not known; otherwise 1 + the entropy in units of 1/8,190 bit, which keeps 8 bits in 16.
    private const double Units = 8190;

    private readonly ushort[] _values = new ushort[slots * Figures];
    private long _slot = -1;
    private double _shannon;
    private double _min;
    private double _collision;
    private int _count;

    /// <summary>Seconds in a slot.</summary>
    public int Step => step;

    /// <summary>Slots kept.</summary>
    public int Slots => slots;

    /// <summary>Bytes of one ring's values.</summary>
    public int Bytes => _values.Length * sizeof(ushort);

    /// <summary>Adds what was measured in a second to its slot.</summary>
    /// <param name="second">Seconds since the start, never fewer than before.</param>
    /// <param name="entropies">The entropies.</param>
    public void Add(long second, Entropies entropies)
    {
        Open(second / step);
        _shannon += entropies.Shannon;
        _min += entropies.Min;
        _collision += entropies.Collision;
        _count++;
        var at = Offset(_slot);
        _values[at] = Pack(_shannon / _count);
        _values[at + 1] = Pack(_min / _count);
        _values[at + 2] = Pack(_collision / _count);
    }

    /// <summary>A slot's means; null where nothing is known, be it because it is too old.</summary>
    /// <param name="slot">Its number since the start.</param>
    public Entropies? At(long slot)
    {
        if (slot < 0 || slot > _slot || slot <= _slot - slots || _values[Offset(slot)] == 0)
        {
            return null;
        }

        var at = Offset(slot);
        return Entropies.Of(Unpack(_values[at]), Unpack(_values[at + 1]), Unpack(_values[at + 2]));
    }

    private static ushort Pack(double bits) => (ushort)(1 + Math.Round(Math.Clamp(bits, 0, 8) * Units));

    private static double Unpack(ushort value) => (value - 1) / Units;

    private int Offset(long slot) => (int)(slot % slots) * Figures;

    // What was skipped is not known.
    private void Open(long slot)
    {
        if (slot <= _slot)
        {
            return;
        }

        for (var skipped = Math.Max(_slot + 1, slot - slots + 1); skipped <= slot; skipped++)
        {
            Array.Clear(_values, Offset(skipped), Figures);
        }

        (_slot, _shannon, _min, _collision, _count) = (slot, 0, 0, 0, 0);
    }
}
