namespace OpenEntropy.Values;

/// <summary>
/// Distinct whole numbers of a range in random order: every ordered selection is as likely as any other. The shuffle of Fisher and Yates
/// (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm P), broken off after so many numbers: the places 0 to n − 1 hold min to max;
/// for i = 0, 1, … a number r of 0 to n − 1 − i is drawn as <see cref="IntegerRange"/> draws it, the number at the place i + r is given out, and
/// the one at the place i takes its place. Only places that changed are kept, so the memory is that of the numbers given out, however large the range is.
/// </summary>
public static class DistinctIntegers
{
    /// <summary>The mapping's name and version.</summary>
    public const string Mapping = "sequence/1";

    /// <summary>Draws the numbers.</summary>
    /// <param name="supply">Gives the bytes.</param>
    /// <param name="min">The smallest number.</param>
    /// <param name="max">The largest number.</param>
    /// <param name="destination">Receives them, at most as many as the range has.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smallest is above the largest.</exception>
    /// <exception cref="ArgumentException">More numbers are asked for than the range has.</exception>
    public static void Fill(ByteSupply supply, long min, long max, Span<long> destination)
    {
        ArgumentNullException.ThrowIfNull(supply);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(min, max);
        var last = unchecked((ulong)max - (ulong)min);
        if (!destination.IsEmpty && (ulong)destination.Length - 1 > last)
            throw new ArgumentException($"The range has {last + 1} numbers, fewer than {destination.Length}.", nameof(destination));

        var moved = new Dictionary<ulong, ulong>(destination.Length);
        for (var i = 0; i < destination.Length; i++)
        {
            var here = (ulong)i;
            var there = here + new UniformWord(last - here).Next(supply);
            var given = moved.TryGetValue(there, out var found) ? found : there;
            var displaced = moved.Remove(here, out found) ? found : here;
            if (there != here)
                moved[there] = displaced;
            destination[i] = unchecked((long)((ulong)min + given));
        }
    }

    /// <summary>What a draw consumes.</summary>
    /// <param name="last">The range's size less one.</param>
    /// <param name="count">Numbers, at most as many as the range has.</param>
    internal static ByteNeed Need(ulong last, int count)
    {
        var need = default(ByteNeed);
        for (var i = 0; i < count; i++)
            need += new UniformWord(last - (ulong)i).Need;
        return need;
    }
}
