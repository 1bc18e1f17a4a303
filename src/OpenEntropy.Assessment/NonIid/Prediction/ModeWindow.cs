using System.Numerics;

namespace OpenEntropy.Assessment.NonIid;

/// <summary>A window over the last symbols and the most common of them; of several the one seen last.</summary>
/// <remarks>
/// A symbol's count stands above the position of its last occurrence in one integer, so that the greatest integer is the mode's. It needs to be
/// looked for among all symbols only when the mode itself leaves the window.
/// </remarks>
internal sealed class ModeWindow
{
    private const int PositionBits = 19;
    private const int PositionMask = (1 << PositionBits) - 1;
    private const int One = 1 << PositionBits;

    private readonly int _length;
    private readonly int[] _keys;
    private int _greatest;

    // Positions are kept relative to this one.
    private int _origin;

    /// <summary>Fills the window.</summary>
    /// <param name="length">Symbols, at most 4095: a count has 12 bits.</param>
    /// <param name="alphabetSize">k.</param>
    /// <param name="symbols">At least as many symbols as the window is long.</param>
    public ModeWindow(int length, int alphabetSize, ReadOnlySpan<byte> symbols)
    {
        _length = length;
        _keys = new int[(alphabetSize + Vector<int>.Count - 1) / Vector<int>.Count * Vector<int>.Count];
        for (var i = 0; i < length; i++)
            Take(symbols[i], i);
    }

    /// <summary>The most common symbol.</summary>
    public byte Mode { get; private set; }

    /// <summary>Lets a symbol in and the oldest out.</summary>
    /// <param name="symbols">All symbols.</param>
    /// <param name="i">The index of the one that enters.</param>
    public void Slide(ReadOnlySpan<byte> symbols, int i)
    {
        var leaving = symbols[i - _length];
        _keys[leaving] -= One;
        if (!Take(symbols[i], i) && leaving == Mode)
        {
            _greatest = Greatest();
            Mode = symbols[_origin + (_greatest & PositionMask)];
        }
    }

    /// <summary>Makes room for the positions of the next 2^18 symbols.</summary>
    /// <param name="i">The index of the symbol that enters next.</param>
    public void Rebase(int i)
    {
        var shift = Math.Max(i - _length, 0) - _origin;
        _origin += shift;
        for (var symbol = 0; symbol < _keys.Length; symbol++)
            _keys[symbol] = _keys[symbol] < One ? 0 : _keys[symbol] - shift;
        _greatest = Greatest();
    }

    /// <summary>Counts a symbol; says whether that made it the mode, or the mode again.</summary>
    private bool Take(byte symbol, int i)
    {
        var key = (_keys[symbol] & ~PositionMask) + One + (i - _origin);
        _keys[symbol] = key;
        if (key <= _greatest)
            return false;

        (_greatest, Mode) = (key, symbol);
        return true;
    }

    private int Greatest()
    {
        var greatest = Vector<int>.Zero;
        for (var symbol = 0; symbol < _keys.Length; symbol += Vector<int>.Count)
            greatest = Vector.Max(greatest, new Vector<int>(_keys, symbol));

        var most = greatest[0];
        for (var lane = 1; lane < Vector<int>.Count; lane++)
            most = Math.Max(most, greatest[lane]);
        return most;
    }
}
