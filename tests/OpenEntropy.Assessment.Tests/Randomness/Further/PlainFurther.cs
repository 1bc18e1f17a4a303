namespace OpenEntropy.Assessment.Tests.Randomness.Further;

/// <summary>The statistics of the further tests, word for word, over bits one a byte.</summary>
internal static class PlainFurther
{
    public static int[] Bytes(byte[] bits) => [.. Integers(bits, 8).Select(value => (int)value)];

    public static List<ulong> Integers(byte[] bits, int width)
    {
        var values = new List<ulong>();
        for (var start = 0; start + width <= bits.Length; start += width)
            values.Add(bits.Skip(start).Take(width).Aggregate(0UL, (value, bit) => (2 * value) + bit));
        return values;
    }

    public static double ChiSquareOfBytes(byte[] bits)
    {
        var bytes = Bytes(bits);
        var expected = bytes.Length / 256.0;
        return Enumerable.Range(0, 256).Sum(value => Math.Pow(bytes.Count(other => other == value) - expected, 2) / expected);
    }

    /// <summary>−Σ p log2 p.</summary>
    public static double Entropy<T>(IReadOnlyCollection<T> values) =>
        -values
            .GroupBy(value => value)
            .Sum(group => group.Count() / (double)values.Count * Math.Log2(group.Count() / (double)values.Count));

    /// <summary>Each group of four 32-bit values as the places that stable sorting would take them from.</summary>
    public static List<string> Orders(byte[] bits) =>
        [
            .. Integers(bits, 32)
                .Chunk(4)
                .Where(group => group.Length == 4)
                .Select(group => string.Concat(Enumerable.Range(0, 4).OrderBy(place => group[place]).ThenBy(place => place))),
        ];

    public static double ZOfBits(byte[] bits, int lag) =>
        Enumerable.Range(0, bits.Length - lag).Sum(i => bits[i] == bits[i + lag] ? 1 : -1) / Math.Sqrt(bits.Length - lag);

    public static double ZOfBytes(int[] first, int[] second) =>
        first.Zip(second).Sum(pair => (pair.First - 127.5) * (pair.Second - 127.5))
        / (5461.25 * Math.Sqrt(Math.Min(first.Length, second.Length)));

    public static double KolmogorovDistance(byte[] bits)
    {
        var values = Integers(bits, 32).Select(value => (value + 0.5) / Math.Pow(2, 32)).ToList();
        double At(double x) => values.Count(value => value <= x) / (double)values.Count;
        double Before(double x) => values.Count(value => value < x) / (double)values.Count;
        return values.Max(value => Math.Max(At(value) - value, value - Before(value)));
    }

    public static double AndersonDarling(byte[] bits)
    {
        var u = Integers(bits, 32).Select(value => (value + 0.5) / Math.Pow(2, 32)).Order().ToList();
        var n = u.Count;
        return -n - (Enumerable.Range(1, n).Sum(i => ((2 * i) - 1) * (Math.Log(u[i - 1]) + Math.Log(1 - u[n - i]))) / n);
    }

    /// <summary>The spacings around the year less the different ones.</summary>
    public static int EqualSpacings(byte[] bits, int birthdays, int width)
    {
        var days = Integers(bits, width).Take(birthdays).Order().ToList();
        var year = UInt128.One << width;
        var spacings = days.Select((day, i) => i + 1 < days.Count ? (UInt128)days[i + 1] - day : days[0] + year - day)
            .Select(s => s % year)
            .ToList();
        return spacings.Count - spacings.Distinct().Count();
    }

    public static double ChiSquareOfDifferences(byte[] bits)
    {
        var bytes = Bytes(bits);
        var different = Enumerable.Range(1, bytes.Length - 1).Select(i => int.PopCount(bytes[i] ^ bytes[i - 1])).ToList();
        double[] ways = [1, 8, 28, 56, 70, 56, 28, 8, 1];
        return ways.Select((way, k) => (Expected: way / 256 * different.Count, Observed: different.Count(d => d == k)))
            .Sum(cell => Math.Pow(cell.Observed - cell.Expected, 2) / cell.Expected);
    }

    public static double Pi(byte[] bits)
    {
        var points = Integers(bits, 32).Chunk(2).Where(point => point.Length == 2).ToList();
        return 4.0
            * points.Count(point => ((UInt128)point[0] * point[0]) + ((UInt128)point[1] * point[1]) < UInt128.One << 64)
            / points.Count;
    }

    /// <summary>The geometric mean of |X_k|²/n, |X_k|² of 1 at least, k = 1 … ⌊n/2⌋ − 1.</summary>
    public static double Flatness(byte[] bits)
    {
        var n = bits.Length;
        var logarithms = Enumerable
            .Range(1, (n / 2) - 1)
            .Select(k =>
            {
                var (re, im) = (0.0, 0.0);
                for (var j = 0; j < n; j++)
                {
                    var angle = 2 * Math.PI * ((long)k * j % n) / n;
                    re += ((2 * bits[j]) - 1) * Math.Cos(angle);
                    im += ((2 * bits[j]) - 1) * Math.Sin(angle);
                }

                return Math.Log(Math.Max(1, (re * re) + (im * im)) / n);
            });
        return Math.Exp(logarithms.Average());
    }
}
