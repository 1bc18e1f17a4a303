using System.Numerics;
using System.Runtime.InteropServices;

namespace OpenEntropy.Values;

/// <summary>
/// A number 0 to <paramref name="most"/>, each as likely as any other, by rejection. With n = most + 1 and w the fewest bytes with
/// 256^w ≥ n: (1) take w bytes as a number u, the most significant first; (2) where u ≥ ⌊256^w / n⌋·n go back to (1); (3) the result is u mod n.
/// A range of one number consumes no byte. A try is accepted with a probability above one half.
/// </summary>
/// <param name="most">The largest.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly struct UniformWord(ulong most)
{
    // 0 stands for 2^64.
    private readonly ulong _count = unchecked(most + 1);
    private readonly ulong _lastAccepted = LastAccepted(most);

    /// <summary>Bytes of a try: w, 0 to 8.</summary>
    public int Width { get; } = WidthOf(most);

    /// <summary>What one number consumes.</summary>
    public ByteNeed Need => Width == 0 ? default : ByteNeed.OfTries(Width, Math.ScaleB((double)_lastAccepted + 1, -8 * Width));

    /// <summary>The next number.</summary>
    /// <param name="supply">Gives the bytes.</param>
    public ulong Next(ByteSupply supply)
    {
        if (Width == 0)
            return 0;
        ulong word;
        do word = supply.ReadWord(Width);
        while (word > _lastAccepted);
        return _count == 0 ? word : word % _count;
    }

    private static int WidthOf(ulong most) => (64 - BitOperations.LeadingZeroCount(most) + 7) / 8;

    // ⌊256^w / n⌋·n − 1 = 256^w − 1 − (256^w mod n), in 64 bits.
    private static ulong LastAccepted(ulong most)
    {
        var width = WidthOf(most);
        if (width == 0 || most == ulong.MaxValue)
            return most;
        var count = most + 1;
        return width == 8
            ? ulong.MaxValue - unchecked(0 - count) % count // 2^64 − n and 2^64 leave the same
            : (1UL << (8 * width)) - 1 - ((1UL << (8 * width)) % count);
    }
}
