using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Tests.Randomness.Sp80022;

/// <summary>SP 800-22 Rev. 1a, 2.13 to 2.15, step by step over the whole walk.</summary>
internal static class PlainWalkTests
{
    public static double[] CumulativeSums(byte[] bits)
    {
        var forward = Walk(bits).Max(Math.Abs);
        var backward = Walk([.. Enumerable.Reverse(bits)]).Max(Math.Abs);
        return [Probability(forward, bits.Length), Probability(backward, bits.Length)];
    }

    public static double[]? RandomExcursions(byte[] bits, bool isSts)
    {
        var walk = Walk(bits);
        var cycles = Cycles(walk);
        if (cycles.Count < 500 || (isSts && walk.Count(place => place == 0) > Math.Max(1000, bits.Length / 100)))
            return null;
        return
        [
            .. new[] { -4, -3, -2, -1, 1, 2, 3, 4 }.Select(state =>
            {
                var x = (double)Math.Abs(state);
                var visits = cycles.Select(cycle => Math.Min(5, cycle.Count(place => place == state))).ToList();
                var chiSquare = 0.0;
                for (var k = 0; k <= 5; k++)
                {
                    // 3.14
                    var pi = k switch
                    {
                        0 => 1 - (1 / (2 * x)),
                        5 => 1 / (2 * x) * Math.Pow(1 - (1 / (2 * x)), 4),
                        _ => 1 / (4 * x * x) * Math.Pow(1 - (1 / (2 * x)), k - 1),
                    };
                    chiSquare += Math.Pow(visits.Count(v => v == k) - (cycles.Count * pi), 2) / (cycles.Count * pi);
                }

                return Distributions.UpperIncompleteGammaRatio(2.5, chiSquare / 2);
            }),
        ];
    }

    public static double[]? RandomExcursionsVariant(byte[] bits)
    {
        var walk = Walk(bits);
        double cycles = Cycles(walk).Count;
        if (cycles < 500)
            return null;
        return
        [
            .. Enumerable
                .Range(-9, 19)
                .Where(state => state != 0)
                .Select(state =>
                {
                    var visits = walk.Count(place => place == state);
                    return Distributions.ErrorFunctionComplement(
                        Math.Abs(visits - cycles) / Math.Sqrt(2 * cycles * ((4 * Math.Abs(state)) - 2))
                    );
                }),
        ];
    }

    private static List<int> Walk(byte[] bits)
    {
        var place = 0;
        return [.. bits.Select(bit => place += bit == 1 ? 1 : -1)];
    }

    /// <summary>The places between the zeros of 0, S_1 … S_n, 0.</summary>
    private static List<List<int>> Cycles(List<int> walk)
    {
        var cycles = new List<List<int>>();
        var cycle = new List<int>();
        foreach (var place in walk.Append(0))
        {
            if (place != 0)
            {
                cycle.Add(place);
            }
            else if (cycle.Count > 0)
            {
                cycles.Add(cycle);
                cycle = [];
            }
        }

        return cycles;
    }

    private static double Probability(int z, int n)
    {
        double Phi(double multiple) => Distributions.NormalCdf(multiple * z / Math.Sqrt(n));
        var ratio = (double)n / z;
        var p = 1.0;
        for (var k = Math.Ceiling((-ratio + 1) / 4); k <= (ratio - 1) / 4; k++)
            p -= Phi((4 * k) + 1) - Phi((4 * k) - 1);
        for (var k = Math.Ceiling((-ratio - 3) / 4); k <= (ratio - 1) / 4; k++)
            p += Phi((4 * k) + 3) - Phi((4 * k) + 1);
        // Of a few bits the sum may be more than 1.
        return Math.Clamp(p, 0, 1);
    }
}
