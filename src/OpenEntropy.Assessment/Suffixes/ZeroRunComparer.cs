namespace OpenEntropy.Assessment.Suffixes;

/// <summary>
/// Compares suffixes of equal windows so that two count as alike only if the next run of zeros begins at the same distance in both: what the
/// ranks of windows need to stand for the suffixes.
/// </summary>
internal sealed class ZeroRunComparer(PackedBits bits) : IComparer<int>
{
    private const int WindowBits = 64;

    /// <inheritdoc/>
    public int Compare(int x, int y)
    {
        var window = bits.Window(x);
        var byWindow = window.CompareTo(bits.Window(y));
        if (byWindow != 0 || x == y)
            return byWindow;
        // Windows that the end cuts short: the end is less than a zero.
        if (IsCutShort(x) || IsCutShort(y))
            return Math.Min(bits.Length - x, WindowBits) != Math.Min(bits.Length - y, WindowBits) ? y.CompareTo(x) : 0;
        return HasNextRun(window) ? 0 : CompareRuns(x, y);
    }

    /// <summary>Sorts suffixes that have this window.</summary>
    public void Sort(Span<int> positions, ulong window)
    {
        // Only windows that the end cuts short, which come first, and those that hold but one run need comparing.
        var cutShort = 0;
        for (var k = 0; k < positions.Length; k++)
        {
            if (IsCutShort(positions[k]))
            {
                (positions[cutShort], positions[k]) = (positions[k], positions[cutShort]);
                cutShort++;
            }
        }

        positions[..cutShort].Sort(this);
        if (!HasNextRun(window))
            positions[cutShort..].Sort(this);
    }

    private bool IsCutShort(int position) => position > bits.Length - WindowBits;

    /// <summary>True but for zeros and then ones only.</summary>
    private static bool HasNextRun(ulong window) => (window & (window + 1)) != 0;

    /// <summary>Compares runs of zeros, the longer the less, then the runs of ones that follow, then what ends these: the end, or a zero.</summary>
    private int CompareRuns(int x, int y)
    {
        var (zerosOfX, zerosOfY) = (bits.RunLength(x), bits.RunLength(y));
        if (zerosOfX != zerosOfY)
            return zerosOfY.CompareTo(zerosOfX);
        var (endOfX, endOfY) = (x + zerosOfX, y + zerosOfY);
        var (onesOfX, onesOfY) = (bits.RunLength(endOfX), bits.RunLength(endOfY));
        if (onesOfX != onesOfY)
            return onesOfX.CompareTo(onesOfY);
        return (endOfX + onesOfX == bits.Length, endOfY + onesOfY == bits.Length) switch
        {
            (true, false) => -1,
            (false, true) => 1,
            _ => 0,
        };
    }
}
