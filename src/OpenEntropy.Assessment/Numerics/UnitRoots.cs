namespace OpenEntropy.Assessment.Numerics;

/// <summary>
/// e^(−2πik/N) for k = 0 … N−1, from two tables of about √N each: the product of a coarse and a fine root costs less than a sine and its error
/// stays below 4·10⁻¹⁶.
/// </summary>
internal sealed class UnitRoots
{
    private readonly int _fineBits;
    private readonly (double Re, double Im)[] _fine;
    private readonly (double Re, double Im)[] _coarse;

    /// <param name="order">N.</param>
    public UnitRoots(long order)
    {
        _fineBits = (64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)order)) / 2;
        _fine = Table(1 << _fineBits, 1, order);
        _coarse = Table((int)(order >> _fineBits) + 1, 1L << _fineBits, order);
    }

    /// <param name="exponent">k, 0 … N−1.</param>
    public (double Re, double Im) this[long exponent]
    {
        get
        {
            var (a, b) = _coarse[exponent >> _fineBits];
            var (c, d) = _fine[exponent & ((1L << _fineBits) - 1)];
            return ((a * c) - (b * d), (a * d) + (b * c));
        }
    }

    private static (double Re, double Im)[] Table(int length, long step, long order)
    {
        var table = new (double Re, double Im)[length];
        for (var i = 0; i < length; i++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * (i * step % order) / order);
            table[i] = (cos, -sin);
        }

        return table;
    }
}
