namespace OpenEntropy.Values;

/// <summary>
/// Places of items, chosen with repetition, each as often as its weight says: with S the sum of the weights a number u of 0 to S − 1 is drawn
/// as <see cref="IntegerRange"/> draws it, and the place is the first whose weight, added to all before it, exceeds u. Without weights all are 1,
/// and u is the place.
/// </summary>
public sealed class Choice
{
    /// <summary>The mapping's name and version.</summary>
    public const string Mapping = "choice/1";

    private readonly long[] _sums;
    private readonly UniformWord _draw;

    /// <summary>Items of equal weight.</summary>
    /// <param name="count">Items, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are none.</exception>
    public Choice(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _sums = [];
        _draw = new UniformWord((ulong)count - 1);
    }

    /// <summary>Items with weights.</summary>
    /// <param name="weights">At least one; each at least 1, their sum at most 2^63 − 1.</param>
    /// <exception cref="ArgumentException">There are none, one is below 1, or the sum is too large.</exception>
    public Choice(ReadOnlySpan<long> weights)
    {
        if (weights.IsEmpty)
            throw new ArgumentException("There must be a weight.", nameof(weights));
        _sums = new long[weights.Length];
        var sum = 0L;
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] < 1 || weights[i] > long.MaxValue - sum)
                throw new ArgumentException("Every weight must be at least 1, and their sum at most 2^63 - 1.", nameof(weights));
            _sums[i] = sum += weights[i];
        }

        _draw = new UniformWord((ulong)sum - 1);
    }

    /// <summary>What one choice consumes.</summary>
    internal ByteNeed Need => _draw.Need;

    /// <summary>The next place, counted from 0.</summary>
    /// <param name="supply">Gives the bytes.</param>
    public int Next(ByteSupply supply)
    {
        ArgumentNullException.ThrowIfNull(supply);
        var drawn = (long)_draw.Next(supply);
        if (_sums.Length == 0)
            return (int)drawn;

        // The first sum above what was drawn: sums rise strictly, so an equal one is the last that is not above.
        var place = Array.BinarySearch(_sums, drawn);
        return place < 0 ? ~place : place + 1;
    }
}
