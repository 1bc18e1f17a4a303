using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Sp80022;

/// <summary>
/// Maurer's universal test: do blocks of L bits come back after as long as they should? The publication and NIST's program take Maurer's
/// approximation of the factor c between the deviation of independent distances and the true one, which is up to a fifth wrong (2 % at L = 7, the
/// block length for 1,000,000 bits); corrected, mean, variance and c are exact.
/// </summary>
internal sealed class UniversalTest : RandomnessTest
{
    private const int ShortestBlock = 6;
    private const int LongestBlock = 16;
    private const int BlocksPerCheckpoint = 1 << 16;

    /// <summary>Publication's table of 2.9.4, L = 6 … 16.</summary>
    private static readonly double[] PrintedMeans =
    [
        5.2177052,
        6.1962507,
        7.1836656,
        8.1764248,
        9.1723243,
        10.170032,
        11.168765,
        12.168070,
        13.167693,
        14.167488,
        15.167379,
    ];

    private static readonly double[] PrintedVariances = [2.954, 3.125, 3.238, 3.311, 3.356, 3.384, 3.401, 3.410, 3.416, 3.419, 3.421];

    public override string Name => "Maurer's universal";

    public override string Source => "SP 800-22 Rev. 1a, 2.9";

    public override int MinimumBits => (int)BitsFor(ShortestBlock);

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        var length = ShortestBlock;
        while (length < LongestBlock && bits.Length >= BitsFor(length + 1))
            length++;
        // Step 1.
        var initial = 10 << length;
        var tested = (bits.Length / length) - initial;
        // Step 2 to 4.
        var sum = SumOfLogarithms(bits, length, initial, tested, options.Checkpoint);
        var mean = sum / tested;
        // Step 5.
        var (expected, deviation) =
            options.Mode == Sp80022Mode.Sts212 ? Printed(length, tested) : Exact(length, tested, options.Checkpoint);
        var p = Distributions.ErrorFunctionComplement(Math.Abs(mean - expected) / (Math.Sqrt(2) * deviation));
        return Applied(
            p,
            [
                new("L", length),
                new("Q", initial),
                new("K", tested),
                new("sum", sum),
                new("sigma", deviation),
                new("exp_value", expected),
                new("phi", mean),
            ]
        );
    }

    /// <summary>The sum, over the blocks tested, of log2 of how many blocks ago the same block came last.</summary>
    internal static double SumOfLogarithms(BitSequence bits, int length, int initial, int tested, Checkpoint? checkpoint)
    {
        var last = new int[1 << length];
        var mask = (1UL << length) - 1;
        // Step 2.
        for (var i = 1; i <= initial; i++)
            last[bits.WordAt((long)(i - 1) * length) & mask] = i;
        // Nearly all distances are below 16 · 2^L.
        var logarithms = new double[16 << length];
        for (var i = 1; i < logarithms.Length; i++)
            logarithms[i] = Math.Log(i) / Math.Log(2);
        // Step 3.
        var sum = 0.0;
        for (var i = initial + 1; i <= initial + tested; i++)
        {
            ref var previous = ref last[bits.WordAt((long)(i - 1) * length) & mask];
            var distance = i - previous;
            sum += distance < logarithms.Length ? logarithms[distance] : Math.Log(distance) / Math.Log(2);
            previous = i;
            if (i % BlocksPerCheckpoint == 0)
                checkpoint?.Invoke();
        }

        return sum;
    }

    /// <summary>1010 · 2^L · L: the initialization, 10 · 2^L blocks, and 1000 · 2^L to test.</summary>
    private static long BitsFor(int length) => (1010L << length) * length;

    private static (double Mean, double Deviation) Printed(int length, int tested)
    {
        double l = length;
        var c = 0.7 - (0.8 / l) + ((4 + (32 / l)) * Math.Pow(tested, -3 / l) / 15);
        return (PrintedMeans[length - ShortestBlock], c * Math.Sqrt(PrintedVariances[length - ShortestBlock] / tested));
    }

    private static (double Mean, double Deviation) Exact(int length, int tested, Checkpoint? checkpoint)
    {
        var moments = UniversalMoments.Of(length, checkpoint);
        return (moments.Mean, moments.Deviation(tested));
    }
}
