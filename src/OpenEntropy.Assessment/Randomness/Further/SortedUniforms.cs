using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Further;

/// <summary>
/// The sequence as 32-bit values in ascending order, taken as (x + 1/2) / 2^32 between 0 and 1. The theory of Kolmogorov–Smirnov and
/// Anderson–Darling is one of continuous values; these are multiples of 2^−32, which moves the distribution function by at most 2^−33, nothing
/// beside its own deviation of 1/√N (bytes would be off by 2^−9, as much as that of 65,536 values).
/// </summary>
internal static class SortedUniforms
{
    /// <summary>Bits a value.</summary>
    public const int Width = 32;

    /// <summary>The most values taken, of the first 2^27 bits: 64 MB.</summary>
    private const int MostValues = 1 << 22;

    /// <summary>The values, ascending.</summary>
    public static ulong[] Of(BitSequence bits, Checkpoint? checkpoint)
    {
        var count = Math.Min(bits.Length / Width, MostValues);
        return RadixSort.Sort(SequenceValues.Integers(bits, count, Width, checkpoint), Width, checkpoint);
    }

    /// <summary>Between 0 and 1, neither included.</summary>
    public static double Unit(ulong value) => (value + 0.5) / (1UL << Width);
}
