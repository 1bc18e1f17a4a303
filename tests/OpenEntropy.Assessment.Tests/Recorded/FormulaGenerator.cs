namespace OpenEntropy.Assessment.Tests.Recorded;

/// <summary>
/// The generator behind the data made by formula: <c>x' = 6364136223846793005 x + 1442695040888963407 mod 2^64</c>, of which the upper 32 bits
/// are drawn. So simple that anyone can make the same data in any language.
/// </summary>
internal sealed class FormulaGenerator(ulong seed)
{
    private ulong _x = seed;

    /// <summary>The next 32 bits.</summary>
    public uint Next()
    {
        _x = unchecked((6364136223846793005 * _x) + 1442695040888963407);
        return (uint)(_x >> 32);
    }

    /// <summary>A number from 0 to <paramref name="limit"/> - 1: <c>u * limit / 2^32</c>.</summary>
    public byte Below(int limit) => (byte)(((ulong)Next() * (uint)limit) >> 32);

    /// <summary>True with probability <paramref name="threshold"/> / 65536: <c>u / 2^16 &lt; threshold</c>.</summary>
    public bool Chance(int threshold) => Next() >> 16 < threshold;
}
