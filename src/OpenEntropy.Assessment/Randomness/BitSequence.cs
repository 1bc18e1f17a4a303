using System.Numerics;

namespace OpenEntropy.Assessment.Randomness;

/// <summary>A sequence of bits, 64 to a word: bit i of the sequence is bit i mod 64 of word i / 64. Bits past the end are zero.</summary>
public sealed class BitSequence
{
    private const int WordBits = 64;

    private readonly ulong[] _words;

    private BitSequence(ulong[] words, int length) => (_words, Length) = (words, length);

    /// <summary>n, the number of bits.</summary>
    public int Length { get; }

    /// <summary>The words, the last one padded with zeros.</summary>
    public ReadOnlySpan<ulong> Words => _words;

    /// <summary>One bit, 0 or 1.</summary>
    /// <param name="index">0 … n−1.</param>
    public int this[int index] =>
        (uint)index < (uint)Length
            ? (int)((_words[index / WordBits] >> (index % WordBits)) & 1)
            : throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {Length} bits.");

    /// <summary>The bits of bytes, the most significant bit of each first, as NIST's tools read binary files.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="AssessmentInputException">There are more than 2^28 − 1 bytes.</exception>
    public static BitSequence FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > int.MaxValue / 8)
            throw new AssessmentInputException($"A sequence has at most {int.MaxValue / 8:N0} bytes; these are {bytes.Length:N0}.");
        var words = new ulong[(bytes.Length + 7) / 8];
        for (var i = 0; i < bytes.Length; i++)
            words[i / 8] |= (ulong)Reverse(bytes[i]) << (8 * (i % 8));
        return new BitSequence(words, 8 * bytes.Length);
    }

    /// <summary>Bits given one a byte.</summary>
    /// <param name="bits">0 or 1 each.</param>
    /// <exception cref="AssessmentInputException">One is neither 0 nor 1.</exception>
    public static BitSequence FromBits(ReadOnlySpan<byte> bits)
    {
        if (bits.IndexOfAnyExceptInRange((byte)0, (byte)1) is var at and >= 0)
            throw new AssessmentInputException($"Bit {at} is {bits[at]}: bits are 0 or 1.");
        var words = new ulong[(bits.Length + WordBits - 1) / WordBits];
        for (var i = 0; i < bits.Length; i++)
            words[i / WordBits] |= (ulong)bits[i] << (i % WordBits);
        return new BitSequence(words, bits.Length);
    }

    /// <summary>A part of the sequence.</summary>
    /// <param name="start">Its first bit.</param>
    /// <param name="length">How many bits.</param>
    public BitSequence Slice(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length - start);
        var words = new ulong[(length + WordBits - 1) / WordBits];
        var (word, shift) = Math.DivRem(start, WordBits);
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = _words[word + i] >> shift;
            if (shift > 0 && word + i + 1 < _words.Length)
                words[i] |= _words[word + i + 1] << (WordBits - shift);
        }

        if (length % WordBits > 0)
            words[^1] &= (1UL << (length % WordBits)) - 1;
        return new BitSequence(words, length);
    }

    /// <summary>The 64 bits from a position on, the first the least significant; zeros past the end.</summary>
    /// <param name="start">The first bit, 0 … n−1; long, so that loops over the longest sequence do not overflow.</param>
    internal ulong WordAt(long start)
    {
        var word = (int)(start / WordBits);
        var shift = (int)(start % WordBits);
        return shift == 0 || word + 1 >= _words.Length
            ? _words[word] >> shift
            : (_words[word] >> shift) | (_words[word + 1] << (WordBits - shift));
    }

    /// <summary>The number of ones.</summary>
    /// <param name="checkpoint">Called every sixteen million bits.</param>
    internal int CountOnes(Checkpoint? checkpoint)
    {
        const int Step = 1 << 24;
        var ones = 0;
        for (var start = 0L; start < Length; start += Step)
        {
            ones += CountOnes(start, (int)Math.Min(Step, Length - start));
            checkpoint?.Invoke();
        }

        return ones;
    }

    /// <summary>The number of ones in a part of the sequence.</summary>
    /// <param name="start">Its first bit.</param>
    /// <param name="length">How many bits.</param>
    internal int CountOnes(long start, int length)
    {
        var ones = 0;
        for (; length >= WordBits; length -= WordBits, start += WordBits)
            ones += BitOperations.PopCount(WordAt(start));
        return length == 0 ? ones : ones + BitOperations.PopCount(WordAt(start) & ((1UL << length) - 1));
    }

    private static byte Reverse(byte value)
    {
        var reversed = 0;
        for (var bit = 0; bit < 8; bit++)
            reversed |= ((value >> bit) & 1) << (7 - bit);
        return (byte)reversed;
    }
}
