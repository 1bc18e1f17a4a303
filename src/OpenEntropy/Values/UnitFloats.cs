namespace OpenEntropy.Values;

/// <summary>
/// Numbers from 0 up to but not 1, the multiples of 2^−53, each as likely as any other: 7 bytes are taken as a 56-bit number, the most
/// significant first, its lowest 3 bits are dropped, and the rest is multiplied by 2^−53, which is exact.
/// </summary>
public static class UnitFloats
{
    /// <summary>The mapping's name and version.</summary>
    public const string Mapping = "floats/1";

    /// <summary>Bytes of one number.</summary>
    public const int Width = 7;

    private const int DroppedBits = 3;
    private const double Step = 1.0 / (1L << 53);

    /// <summary>The next number.</summary>
    /// <param name="supply">Gives the bytes.</param>
    public static double Next(ByteSupply supply)
    {
        ArgumentNullException.ThrowIfNull(supply);
        return (supply.ReadWord(Width) >> DroppedBits) * Step;
    }
}
