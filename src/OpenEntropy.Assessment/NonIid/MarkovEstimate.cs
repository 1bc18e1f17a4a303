using System.Numerics;
using System.Runtime.InteropServices;

namespace OpenEntropy.Assessment.NonIid;

/// <summary>SP 800-90B, 6.3.3: bits taken for a Markov chain of the first order, and the likeliest 128 of them.</summary>
/// <param name="MinEntropy">Estimated min-entropy of a bit, bits.</param>
/// <param name="P0">P_0, the proportion of zeros.</param>
/// <param name="P1">P_1, the proportion of ones.</param>
/// <param name="P00">P_0,0, the proportion of zeros among the bits after a zero; 0 where none comes after one.</param>
/// <param name="P01">P_0,1, that of ones after a zero.</param>
/// <param name="P10">P_1,0, that of zeros after a one.</param>
/// <param name="P11">P_1,1, that of ones after a one.</param>
/// <param name="PHatMax">p-hat_max, the probability of the likeliest 128 bits.</param>
public sealed record MarkovEstimate(double MinEntropy, double P0, double P1, double P00, double P01, double P10, double P11, double PHatMax)
    : EntropyEstimate(MinEntropy)
{
    private const int Steps = 128;
    private const int Chunk = 1 << 23;

    /// <inheritdoc/>
    public override string Estimator => NonIidEstimator.Markov.Name;

    /// <inheritdoc/>
    public override string Clause => NonIidEstimator.Markov.Clause;

    /// <summary>Estimates from bits.</summary>
    /// <param name="bits">The bits, one a byte.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    /// <returns>The estimate; null of fewer than two bits, in which nothing follows anything.</returns>
    internal static MarkovEstimate? Of(ReadOnlySpan<byte> bits, Checkpoint? checkpoint = null)
    {
        if (bits.Length < 2)
            return null;

        var (ones, pairs) = Count(bits, checkpoint);
        var onesBeforeAnother = ones - bits[^1];
        var zerosBeforeAnother = bits.Length - 1 - onesBeforeAnother;
        var onesToZero = onesBeforeAnother - pairs;
        var zerosToZero = zerosBeforeAnother - (ones - bits[0] - pairs);

        // Step 1.
        var p0 = (bits.Length - ones) / (double)bits.Length;
        var p1 = 1.0 - p0;
        // Step 2.
        var (p00, p01) = Transitions(zerosToZero, zerosBeforeAnother);
        var (p10, p11) = Transitions(onesToZero, onesBeforeAnother);
        // Steps 3 and 4.
        var entropy = LeastEntropy(p0, p1, (p00, p01), (p10, p11));
        return new MarkovEstimate(Math.Min(entropy / Steps, 1.0), p0, p1, p00, p01, p10, p11, Math.Pow(2.0, -entropy));
    }

    private static (double ToZero, double ToOne) Transitions(long toZero, long from)
    {
        if (from == 0)
            return (0, 0);
        var p = toZero / (double)from;
        return (p, 1.0 - p);
    }

    /// <summary>-log2 of the probability of the likeliest of the six sequences that can be it, at most 128 bits.</summary>
    private static double LeastEntropy(double p0, double p1, (double To0, double To1) from0, (double To0, double To1) from1)
    {
        var least = (double)Steps;
        var (h0, h1) = (MinEntropyOf.Probability(p0), MinEntropyOf.Probability(p1));
        var (l00, l01) = (Math.Log2(from0.To0), Math.Log2(from0.To1));
        var (l10, l11) = (Math.Log2(from1.To0), Math.Log2(from1.To1));

        // A sequence with an impossible step is none. One with a possible step from a symbol has that symbol.
        if (from0.To0 > 0)
            least = Math.Min(least, h0 - 127.0 * l00);
        if (from0.To1 > 0 && from1.To0 > 0)
            least = Math.Min(least, h0 - 64.0 * l01 - 63.0 * l10);
        if (from0.To1 > 0 && from1.To1 > 0)
            least = Math.Min(least, h0 - l01 - 126.0 * l11);
        if (from1.To0 > 0 && from0.To0 > 0)
            least = Math.Min(least, h1 - l10 - 126.0 * l00);
        if (from1.To0 > 0 && from0.To1 > 0)
            least = Math.Min(least, h1 - 64.0 * l10 - 63.0 * l01);
        if (from1.To1 > 0)
            least = Math.Min(least, h1 - 127.0 * l11);
        return least;
    }

    /// <summary>The ones, and the ones that come after a one, eight at a time.</summary>
    private static (long Ones, long Pairs) Count(ReadOnlySpan<byte> bits, Checkpoint? checkpoint)
    {
        var (ones, pairs) = (0L, 0L);
        var i = 0;
        for (var end = 0; i < bits.Length - 8; i = end)
        {
            checkpoint?.Invoke();
            // Each step looks at nine bits.
            end = i + Math.Min(Chunk, (bits.Length - 1 - i) & ~7);
            var words = MemoryMarshal.Cast<byte, ulong>(bits[i..end]);
            var following = MemoryMarshal.Cast<byte, ulong>(bits[(i + 1)..(end + 1)]);
            for (var j = 0; j < words.Length; j++)
            {
                ones += BitOperations.PopCount(words[j]);
                pairs += BitOperations.PopCount(words[j] & following[j]);
            }
        }

        for (; i < bits.Length; i++)
        {
            ones += bits[i];
            pairs += i + 1 < bits.Length ? bits[i] & bits[i + 1] : 0;
        }

        return (ones, pairs);
    }
}
