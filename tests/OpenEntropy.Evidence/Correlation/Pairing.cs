namespace OpenEntropy.Evidence.Correlation;

/// <summary>Which measurement of one series belongs to which of the other. Each is in one pair at most, so that pairs are not made of one another.</summary>
internal static class Pairing
{
    /// <summary>Pairs each measurement of the shorter series with the one of the longer that is nearest in time and not taken yet.</summary>
    /// <param name="x">The times of one series, rising.</param>
    /// <param name="y">The times of the other, rising.</param>
    /// <returns>Indices into both.</returns>
    public static List<(int X, int Y)> Nearest(ReadOnlySpan<long> x, ReadOnlySpan<long> y)
    {
        var pairs = new List<(int X, int Y)>(Math.Min(x.Length, y.Length));
        if (x.Length <= y.Length)
            AddNearest(x, y, (few, many) => pairs.Add((few, many)));
        else
            AddNearest(y, x, (few, many) => pairs.Add((many, few)));
        return pairs;
    }

    /// <summary>Pairs two turns, one after the other in time, by the place in the turn.</summary>
    /// <param name="x">Measurements in one turn.</param>
    /// <param name="y">Measurements in the other.</param>
    /// <returns>Indices into both turns, as many as there are in the shorter.</returns>
    public static IEnumerable<(int X, int Y)> InTurns(int x, int y)
    {
        var count = Math.Min(x, y);
        for (var i = 0; i < count; i++)
            yield return ((int)((long)i * x / count), (int)((long)i * y / count));
    }

    private static void AddNearest(ReadOnlySpan<long> few, ReadOnlySpan<long> many, Action<int, int> add)
    {
        var next = 0; // the first of the many that is not taken
        for (var i = 0; i < few.Length && next < many.Length; i++)
        {
            // Outside the other series there is nothing near.
            if (few[i] < many[0] || few[i] > many[^1])
                continue;
            while (next + 1 < many.Length && Math.Abs(many[next + 1] - few[i]) <= Math.Abs(many[next] - few[i]))
                next++;

            // While the other stood still, its next measurement is nearer to a later one of these.
            if (i + 1 < few.Length && Math.Abs(few[i + 1] - many[next]) < Math.Abs(few[i] - many[next]))
                continue;
            add(i, next++);
        }
    }
}
