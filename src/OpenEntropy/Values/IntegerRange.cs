using System.Runtime.InteropServices;

namespace OpenEntropy.Values;

/// <summary>
/// Whole numbers of a range, each as likely as any other, without modulo bias. With n = max − min + 1 and w the fewest bytes with 256^w ≥ n:
/// (1) take w bytes as a number u, the most significant first; (2) where u ≥ ⌊256^w / n⌋·n, drop it and go back to (1); (3) the value is
/// min + (u mod n). Where min = max no byte is consumed.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct IntegerRange
{
    /// <summary>The mapping's name and version: the same name maps the same bytes to the same values for good.</summary>
    public const string Mapping = "integers/1";

    private readonly UniformWord _offset;

    /// <summary>A range.</summary>
    /// <param name="min">The smallest value.</param>
    /// <param name="max">The largest value; any 64-bit range will do.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smallest is above the largest.</exception>
    public IntegerRange(long min, long max)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(min, max);
        Min = min;
        Max = max;
        _offset = new UniformWord(unchecked((ulong)max - (ulong)min));
    }

    /// <summary>The smallest value.</summary>
    public long Min { get; }

    /// <summary>The largest value.</summary>
    public long Max { get; }

    /// <summary>Bytes of one try, 0 to 8.</summary>
    public int Width => _offset.Width;

    /// <summary>What one value consumes.</summary>
    internal ByteNeed Need => _offset.Need;

    /// <summary>The next value.</summary>
    /// <param name="supply">Gives the bytes.</param>
    public long Next(ByteSupply supply)
    {
        ArgumentNullException.ThrowIfNull(supply);
        return unchecked((long)((ulong)Min + _offset.Next(supply)));
    }

    /// <summary>The next values, one after the other.</summary>
    /// <param name="supply">Gives the bytes.</param>
    /// <param name="destination">Receives them.</param>
    public void Fill(ByteSupply supply, Span<long> destination)
    {
        foreach (ref var value in destination)
            value = Next(supply);
    }
}
