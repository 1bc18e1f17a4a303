using System.Buffers.Binary;
using System.Numerics;

namespace OpenEntropy.Assessment;

/// <summary>
/// Samples of one noise source as the estimators of SP 800-90B want them: symbols mapped down to 0 … k−1 in the order of their values, and the
/// bit string, the most significant bit of each unmapped sample first, as many bits each as are in use.
/// </summary>
public sealed class SampleSet
{
    /// <summary>The widest symbol, bits.</summary>
    public const int MaximumSymbolBits = 8;

    /// <summary>
    /// The longest bit string, L w, bits: 16,777,216 samples of 8 bits. The most memory is that of the estimates of tuples, which hold 4 bytes for
    /// each bit and for each sample, beside the samples, their symbols and the bit string at a byte each: 46 bytes a sample of 8 bits.
    /// </summary>
    public const int MaximumBits = 1 << 27;

    private const int SamplesPerCheckpoint = 1 << 20;

    private readonly byte[] _samples;
    private readonly byte[] _symbols;

    private SampleSet(byte[] samples, byte[] symbols, int alphabetSize, int symbolBits, bool isNarrower) =>
        (_samples, _symbols, AlphabetSize, SymbolBits, IsNarrowerThanDeclared) = (samples, symbols, alphabetSize, symbolBits, isNarrower);

    /// <summary>The samples as they were measured, one a byte.</summary>
    public ReadOnlySpan<byte> Samples => _samples;

    /// <summary>The samples mapped down to 0 … k−1, in the order of their values.</summary>
    public ReadOnlySpan<byte> Symbols => _symbols;

    /// <summary>k, the number of distinct samples; at least 2.</summary>
    public int AlphabetSize { get; }

    /// <summary>w, the width of a sample, bits: as declared, or up to the highest bit in use.</summary>
    public int SymbolBits { get; }

    /// <summary>True where a width was declared that no sample needs.</summary>
    public bool IsNarrowerThanDeclared { get; }

    /// <summary>True where the symbols are bits themselves, so that there is no other bit string (k = 2).</summary>
    public bool IsBinary => AlphabetSize == 2;

    /// <summary>L, the number of samples.</summary>
    public int Length => _samples.Length;

    /// <summary>The length of the bit string, bits: L w.</summary>
    public int BitLength => Length * SymbolBits;

    /// <summary>Takes a copy of samples and looks at their alphabet.</summary>
    /// <param name="samples">One sample a byte, in its least significant bits.</param>
    /// <param name="symbolBits">The declared width, 1 to 8 bits; null: up to the highest bit in use.</param>
    /// <exception cref="ArgumentOutOfRangeException">The declared width is out of its range.</exception>
    /// <exception cref="AssessmentInputException">
    /// There is no sample, one symbol only, a sample wider than declared, or more
    /// than <see cref="MaximumBits"/> bits.
    /// </exception>
    public static SampleSet FromSamples(ReadOnlySpan<byte> samples, int? symbolBits = null)
    {
        if (symbolBits is < 1 or > MaximumSymbolBits)
            throw new ArgumentOutOfRangeException(nameof(symbolBits), symbolBits, "A symbol has 1 to 8 bits.");
        if (samples.IsEmpty)
            throw new AssessmentInputException(
                "There are no samples: an assessment needs at least two different ones, and 1,000,000 to be of use."
            );

        Span<bool> seen = stackalloc bool[1 << MaximumSymbolBits];
        foreach (var sample in samples)
            seen[sample] = true;
        var used = BitWidth(seen.LastIndexOf(true));
        if (used > symbolBits)
            throw new AssessmentInputException(
                $"A sample of {seen.LastIndexOf(true)} needs {used} bits, but the samples are declared to have {symbolBits}."
            );

        RequireLength(samples.Length, symbolBits ?? used);

        Span<byte> map = stackalloc byte[seen.Length];
        var alphabetSize = MapDown(seen, map);
        if (alphabetSize < 2)
            throw new AssessmentInputException(
                $"All {samples.Length:N0} samples are {samples[0]}: one symbol holds no entropy, and an assessment needs at least two different ones."
            );

        var symbols = new byte[samples.Length];
        for (var i = 0; i < symbols.Length; i++)
            symbols[i] = map[samples[i]];
        return new SampleSet(samples.ToArray(), symbols, alphabetSize, symbolBits ?? used, used < symbolBits);
    }

    /// <summary>The bit string, one bit a byte.</summary>
    /// <param name="maximumBits">How many of its bits at most.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    /// <exception cref="OperationCanceledException">The checkpoint ended it.</exception>
    public byte[] ToBits(int maximumBits = int.MaxValue, Checkpoint? checkpoint = null)
    {
        var bits = GC.AllocateUninitializedArray<byte>(Math.Min(BitLength, maximumBits));
        var (sample, at) = (0, 0);
        // Eight bytes for every sample; the next one writes over those beyond its width.
        for (; at + MaximumSymbolBits <= bits.Length; sample++, at += SymbolBits)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bits.AsSpan(at), Spread(_samples[sample] << (MaximumSymbolBits - SymbolBits)));
            if (sample % SamplesPerCheckpoint == 0)
                checkpoint?.Invoke();
        }

        for (; at < bits.Length; at++)
            bits[at] = (byte)((_samples[at / SymbolBits] >> (SymbolBits - 1 - (at % SymbolBits))) & 1);
        return bits;
    }

    /// <summary>Refuses more samples than an assessment takes.</summary>
    internal static void RequireLength(long length, int symbolBits)
    {
        if (length * symbolBits > MaximumBits)
            throw new AssessmentInputException(
                $"There are {length:N0} samples of {symbolBits} bits: an assessment takes at most {MaximumBits:N0} bits, "
                    + $"that is {MaximumBits / symbolBits:N0} such samples."
            );
    }

    /// <summary>The eight bits of a byte, one a byte, the most significant in the lowest.</summary>
    private static ulong Spread(int value)
    {
        const ulong ones = 0x0101_0101_0101_0101;
        // Byte i keeps bit 7 − i; what is not 0 then reaches the highest bit of its byte.
        var kept = ((ulong)(byte)value * ones) & 0x0102_0408_1020_4080;
        return ((kept + (0x7F * ones)) >> 7) & ones;
    }

    /// <summary>Numbers the values that occur in their order.</summary>
    private static int MapDown(ReadOnlySpan<bool> seen, Span<byte> map)
    {
        var next = 0;
        for (var value = 0; value < seen.Length; value++)
        {
            if (seen[value])
                map[value] = (byte)next++;
        }

        return next;
    }

    private static int BitWidth(int value) => BitOperations.Log2((uint)value) + (value > 0 ? 1 : 0);
}
