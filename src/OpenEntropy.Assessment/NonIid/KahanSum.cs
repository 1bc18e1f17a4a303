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
}
