using System.Numerics;
using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Iid;

/// <summary>
/// SP 800-90B, 5.2.1 and 5.2.3: are successive samples independent? Symbols are looked at in pairs that do not overlap, bits in tuples of m, the
/// widest of 2 to 11 bits of which the rarest is expected 5 times.
/// </summary>
public static class ChiSquareIndependence
{
    private const string Name = "Chi-square independence";
    private const int WidestTuple = 11;
    private const int CheckpointInterval = 1 << 20;

    /// <summary>Runs the test.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    /// <exception cref="OperationCanceledException">The checkpoint ended it.</exception>
    public static ChiSquareResult Run(SampleSet samples, Checkpoint? checkpoint = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return samples.IsBinary ? OfBits(samples.Symbols, checkpoint) : OfSymbols(samples, checkpoint);
    }

    private static ChiSquareResult OfSymbols(SampleSet samples, Checkpoint? checkpoint)
    {
        // Steps 1 and 2. The expectation of each pair.
        var k = samples.AlphabetSize;
        var proportions = SymbolProportions.Accumulated(samples, checkpoint);
        var pairs = Math.Floor(samples.Length * 0.5);
        var expectations = new double[k * k];
        for (var first = 0; first < k; first++)
        {
            for (var second = 0; second < k; second++)
                expectations[(first * k) + second] = proportions[first] * proportions[second] * pairs;
        }

        // Steps 3 and 4. Bins of 5 at least, and what falls into them.
        var bins = ChiSquareBins.Group(expectations);
        var observed = new int[k * k];
        var symbols = samples.Symbols;
        for (var i = 0; i + 1 < symbols.Length; i += 2)
        {
            observed[(symbols[i] * k) + symbols[i + 1]]++;
            if (i % CheckpointInterval == 0)
                checkpoint?.Invoke();
        }

        // Steps 5 and 6. k − 1 degrees go to the proportions.
        return new ChiSquareResult(Name, "5.2.1", bins.Statistic(observed), bins.Count - k);
    }

    private static ChiSquareResult OfBits(ReadOnlySpan<byte> bits, Checkpoint? checkpoint)
    {
        // Step 1. The proportions of zeros and ones.
        var one = (double)bits.Count((byte)1) / bits.Length;
        var zero = 1.0 - one;

        // Step 2. The widest tuple.
        var m = WidestTuple;
        while (m > 1 && !(Math.Pow(Math.Min(zero, one), m) * (bits.Length / m) >= 5))
            m--;
        if (m < 2)
            return new ChiSquareResult(Name, "5.2.3", 0.0, 0);

        // Step 3. The tuples, the first bit the most significant.
        var blocks = bits.Length / m;
        var observed = new int[1 << m];
        for (var block = 0; block < blocks; block++)
        {
            var tuple = 0;
            foreach (var bit in bits.Slice(block * m, m))
                tuple = (tuple << 1) | bit;
            observed[tuple]++;
            if (block % (CheckpointInterval / WidestTuple) == 0)
                checkpoint?.Invoke();
        }

        // Steps 4 and 5.
        var expectations = new double[observed.Length];
        for (var tuple = 0; tuple < expectations.Length; tuple++)
        {
            var ones = BitOperations.PopCount((uint)tuple);
            expectations[tuple] = Math.Pow(one, ones) * Math.Pow(zero, m - ones) * blocks;
        }

        return new ChiSquareResult(Name, "5.2.3", GoodnessOfFit.ChiSquaredOf(observed, expectations), (1 << m) - 2);
    }
}
