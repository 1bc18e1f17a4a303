using OpenEntropy.Assessment.NonIid;
using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Tests.NonIid;

/// <summary>SP 800-90B, 6.3.5 and 6.3.6 to the letter: how often every tuple of every length occurs.</summary>
internal static class TupleReference
{
    private const int Cutoff = 35;

    public static (TupleEstimate? Tuple, LongestRepeatedSubstringEstimate? Longest) Of(ReadOnlySpan<byte> symbols)
    {
        var counts = new List<int[]>();
        // A tuple is known by the number of the one that is shorter by its last symbol, and that symbol.
        var numbers = new int[symbols.Length];
        do counts.Add(Count(symbols, counts.Count + 1, numbers));
        while (counts[^1].Max() > 1);

        // counts[i - 1] is of tuples of i symbols; of those of the last length none occurs twice.
        var t = counts.FindLastIndex(tuples => tuples.Max() >= Cutoff) + 1;
        var v = counts.Count - 1;
        var (length, frequent, repeated) = (symbols.Length, default(Extended), default(Extended));
        for (var i = 1; i <= t; i++)
            frequent = Max(frequent, Root(counts[i - 1].Max(), length - i + 1L, i));
        for (var i = t + 1; i <= v; i++)
            repeated = Max(repeated, Root(counts[i - 1].Sum(Pairs), Pairs(length - i + 1), i));

        var (upperFrequent, upperRepeated) = (Upper(frequent, length), Upper(repeated, length));
        return (
            t == 0 ? null : new(0 - Extended.Log2(upperFrequent).ToDouble(), t, frequent.ToDouble(), upperFrequent.ToDouble()),
            v <= t ? null : new(0 - Extended.Log2(upperRepeated).ToDouble(), t + 1, v, repeated.ToDouble(), upperRepeated.ToDouble())
        );
    }

    private static int[] Count(ReadOnlySpan<byte> symbols, int tuple, int[] numbers)
    {
        var known = new Dictionary<(int, byte), int>();
        var counts = new int[symbols.Length];
        for (var i = 0; i + tuple <= symbols.Length; i++)
        {
            var key = (numbers[i], symbols[i + tuple - 1]);
            if (!known.TryGetValue(key, out var number))
                known[key] = number = known.Count;
            counts[number]++;
            numbers[i] = number;
        }

        return counts;
    }

    private static long Pairs(int count) => (long)count * (count - 1) / 2;

    private static Extended Root(long numerator, long denominator, long root) =>
        Extended.Pow((Extended)numerator / denominator, (Extended)1L / root);

    private static Extended Max(Extended left, Extended right) => left > right ? left : right;

    private static Extended Upper(Extended probability, long length)
    {
        Extended one = 1L;
        var upper = probability + Confidence.ExtendedZ * Extended.Sqrt(probability * (one - probability) / (length - 1));
        return upper > one ? one : upper;
    }
}
