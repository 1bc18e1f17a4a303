namespace OpenEntropy.Values;

/// <summary>
/// Items in random order, every order as likely as any other: for i = 0, 1, … a number r of 0 to n − 1 − i is drawn as
/// <see cref="IntegerRange"/> draws it, and the items at the places i and i + r are exchanged. The items come in the order in which
/// <see cref="DistinctIntegers"/> gives their places from the same bytes.
/// </summary>
public static class Shuffle
{
    /// <summary>The mapping's name and version.</summary>
    public const string Mapping = "shuffle/1";

    /// <summary>Puts all items in random order.</summary>
    /// <typeparam name="T">The items.</typeparam>
    /// <param name="supply">Gives the bytes.</param>
    /// <param name="items">The items; equal ones are told apart by their places.</param>
    public static void Apply<T>(ByteSupply supply, Span<T> items) => Apply(supply, items, items.Length);

    /// <summary>Puts a random selection in random order in front: a sample without repetition.</summary>
    /// <typeparam name="T">The items.</typeparam>
    /// <param name="supply">Gives the bytes.</param>
    /// <param name="items">The items; those behind the selection are left in no particular order.</param>
    /// <param name="count">Items to select, 0 to all.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public static void Apply<T>(ByteSupply supply, Span<T> items, int count)
    {
        ArgumentNullException.ThrowIfNull(supply);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, items.Length);
        for (var i = 0; i < count; i++)
        {
            var there = i + (int)new UniformWord((ulong)(items.Length - 1 - i)).Next(supply);
            (items[i], items[there]) = (items[there], items[i]);
        }
    }
}
