using System.Runtime.CompilerServices;

namespace OpenEntropy.Assessment.NonIid;

/// <summary>A sum that carries what rounding cut off along (Kahan).</summary>
internal struct KahanSum
{
    private double _compensation;

    /// <summary>The sum so far.</summary>
    public double Value { get; private set; }

    /// <summary>Adds a term.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double term)
    {
        var corrected = term - _compensation;
        var next = Value + corrected;
        _compensation = (next - Value) - corrected;
        Value = next;
    }

    /// <summary>
    /// True where adding this term, or any smaller one of the same sign, however often, leaves everything as it is: the term is lost beside the
    /// compensation, and that beside the sum.
    /// </summary>
    public readonly bool Absorbs(double term) =>
        _compensation != 0 && term - _compensation == -_compensation && Value - _compensation == Value;
}
