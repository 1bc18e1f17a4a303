using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Tests.Randomness.Sp80022;

/// <summary>
/// SP 800-22 Rev. 1a, 2.1 to 2.4 and 2.9, step by step over one bit a byte, in the publication's own figures: p-values, or null where the test does not
/// apply.
/// </summary>
internal static class PlainBitTests
{
    public static double[] Frequency(byte[] bits)
    {
        var sum = bits.Sum(bit => bit == 1 ? 1 : -1);
        return [Distributions.ErrorFunctionComplement(Math.Abs(sum) / Math.Sqrt(bits.Length) / Math.Sqrt(2))];
    }

    public static double[]? BlockFrequency(byte[] bits, int m)
    {
        var blocks = bits.Chunk(m).Where(block => block.Length == m).ToList();
        if (blocks.Count == 0)
            return null;
        var sum = blocks.Sum(block => Math.Pow((block.Count(bit => bit == 1) / (double)m) - 0.5, 2));
        return [Distributions.UpperIncompleteGammaRatio(blocks.Count / 2.0, 4.0 * m * sum / 2.0)];
    }

    public static double[]? Runs(byte[] bits, bool isSts)
    {
        double n = bits.Length;
        var share = bits.Count(bit => bit == 1) / n;
        var distance = Math.Abs(share - 0.5);
        var limit = 2 / Math.Sqrt(n);
        if ((isSts ? distance > limit : distance >= limit) || share == 0 || share == 1)
            return null;
        var runs = 1;
        for (var k = 0; k + 1 < bits.Length; k++)
            runs += bits[k] == bits[k + 1] ? 0 : 1;
        var numerator = Math.Abs(runs - (2 * n * share * (1 - share)));
        return [Distributions.ErrorFunctionComplement(numerator / (2 * Math.Sqrt(2 * n) * share * (1 - share)))];
    }

    public static double[]? LongestRun(byte[] bits, bool isSts)
    {
        if (bits.Length < 128)
            return null;
        var (m, classes) = bits.Length switch
        {
            < 6272 => (8, new[] { 1, 2, 3, 4 }),
            < 750_000 => (128, [4, 5, 6, 7, 8, 9]),
            _ => (10_000, [10, 11, 12, 13, 14, 15, 16]),
        };
        var probabilities = LongestRunProbabilities(m, classes, isSts);
        var counts = new double[classes.Length];
        var blocks = bits.Chunk(m).Where(block => block.Length == m).ToList();
        foreach (var block in blocks)
        {
            var (run, longest) = (0, 0);
            foreach (var bit in block)
            {
                run = bit == 1 ? run + 1 : 0;
                longest = Math.Max(longest, run);
            }

            if (longest <= classes[0])
                counts[0]++;
            else if (longest >= classes[^1])
                counts[^1]++;
            else
                counts[Array.IndexOf(classes, longest)]++;
        }

        var chiSquare = counts
            .Select((v, i) => Math.Pow(v - (blocks.Count * probabilities[i]), 2) / (blocks.Count * probabilities[i]))
            .Sum();
        return [Distributions.UpperIncompleteGammaRatio((classes.Length - 1) / 2.0, chiSquare / 2.0)];
    }

    /// <summary>By the Markov chain of (the run at the end, longest so far at most m): another way than the one under test.</summary>
    public static double[] LongestRunProbabilities(int m, int[] classes, bool isSts)
    {
        if (isSts && m == 8)
            return [0.21484375, 0.3671875, 0.23046875, 0.1875];
        if (isSts && m == 128)
            return [0.1174035788, 0.242955959, 0.249363483, 0.17517706, 0.102701071, 0.112398847];
        if (isSts)
            return [0.0882, 0.2092, 0.2483, 0.1933, 0.1208, 0.0675, 0.0727];
        var upTo = classes[..^1].Select(longest => NoLongerThan(m, longest)).Append(1.0).ToArray();
        return [.. upTo.Select((probability, i) => i == 0 ? probability : probability - upTo[i - 1])];
    }

    public static double[]? Universal(byte[] bits, bool isSts, Func<int, int, (double Mean, double Deviation)> moments)
    {
        int[] least = [387840, 904960, 2068480, 4654080, 10342400, 22753280, 49643520, 107560960, 231669760, 496435200, 1059061760];
        var length = 5 + least.Count(n => bits.Length >= n);
        if (length < 6)
            return null;
        var q = 10 * (1 << length);
        var k = (bits.Length / length) - q;
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        var sum = 0.0;
        for (var i = 1; i <= q + k; i++)
        {
            var block = Convert.ToHexString(bits, (i - 1) * length, length);
            if (i > q)
                sum += Math.Log2(i - last.GetValueOrDefault(block));
            last[block] = i;
        }

        var (mean, deviation) = moments(length, k);
        if (isSts)
        {
            // 2.9.4, the rows of L = 6 and 7.
            double l = length;
            var c = 0.7 - (0.8 / l) + ((4 + (32 / l)) * Math.Pow(k, -3 / l) / 15);
            (mean, deviation) = length == 6 ? (5.2177052, c * Math.Sqrt(2.954 / k)) : (6.1962507, c * Math.Sqrt(3.125 / k));
        }

        return [Distributions.ErrorFunctionComplement(Math.Abs((sum / k) - mean) / (Math.Sqrt(2) * deviation))];
    }

    private static double NoLongerThan(int bits, int longest)
    {
        var ending = new double[longest + 1];
        ending[0] = 1;
        for (var i = 0; i < bits; i++)
        {
            var zero = ending.Sum() / 2;
            for (var run = longest; run > 0; run--)
                ending[run] = ending[run - 1] / 2;
            ending[0] = zero;
        }

        return ending.Sum();
    }
}
