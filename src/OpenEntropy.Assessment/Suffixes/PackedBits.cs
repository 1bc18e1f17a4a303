using System.Numerics;
using System.Runtime.CompilerServices;

namespace OpenEntropy.Assessment.Suffixes;

/// <summary>A string of bits, 64 to a word, the first of them in its most significant bit, so that words compare as the strings do.</summary>
internal sealed class PackedBits
{
    private const int WordBits = 64;

    // Two words past the end, of zeros, so that a window may begin at any bit and just past the last.
    private readonly ulong[] _words;

    private PackedBits(ulong[] words, int length) => (_words, Length) = (words, length);

    /// <summary>n, bits.</summary>
    public int Length { get; }

    /// <summary>The words that hold bits, the last one padded with zeros.</summary>
    public ReadOnlySpan<ulong> Words => _words.AsSpan(0, (Length + WordBits - 1) / WordBits);

    /// <summary>The bit at a position, 0 or 1.</summary>
    public int this[int position]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (int)(_words[position >> 6] >> (63 - (position & 63))) & 1;
    }

    /// <summary>The bit string of samples: the most significant bit of each first.</summary>
    /// <param name="samples">The samples, unmapped.</param>
    /// <param name="maximumBits">How many of its bits at most.</param>
    public static PackedBits Of(SampleSet samples, int maximumBits = int.MaxValue)
    {
        var length = Math.Min(samples.BitLength, maximumBits);
        var words = new ulong[(length / WordBits) + 3];
        var width = samples.SymbolBits;
        var position = 0;
        foreach (var sample in samples.Samples)
        {
            if (position >= length)
                break;
            // Aligned to the top of a word; what reaches past its end goes into the next one.
            var aligned = (ulong)sample << (WordBits - width);
            var (word, offset) = (position >> 6, position & 63);
            words[word] |= aligned >> offset;
            if (offset + width > WordBits)
                words[word + 1] |= aligned << (WordBits - offset);
            position += width;
        }

        Clear(words, length);
        return new PackedBits(words, length);
    }

    /// <summary>The 64 bits from a position on; zeros past the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Window(int position)
    {
        var (word, offset) = (position >> 6, position & 63);
        return (_words[word] << offset) | (_words[word + 1] >> 1 >> (63 - offset));
    }

    /// <summary>The length of the longest common prefix of two suffixes, known to be at least some length.</summary>
    public int CommonPrefix(int left, int right, int atLeast)
    {
        var most = Length - Math.Max(left, right);
        for (var length = atLeast; length < most; length += WordBits)
        {
            var difference = Window(left + length) ^ Window(right + length);
            if (difference != 0)
                return Math.Min(length + BitOperations.LeadingZeroCount(difference), most);
        }

        return most;
    }

    /// <summary>The length of the run of equal bits that begins at a position.</summary>
    public int RunLength(int position)
    {
        var flip = this[position] == 1 ? ulong.MaxValue : 0;
        for (var at = position; at < Length; at += WordBits)
        {
            var difference = Window(at) ^ flip;
            if (difference != 0)
                return Math.Min(at + BitOperations.LeadingZeroCount(difference), Length) - position;
        }

        return Length - position;
    }

    private static void Clear(ulong[] words, int length)
    {
        var (word, used) = (length >> 6, length & 63);
        words[word] &= used == 0 ? 0 : ulong.MaxValue << (WordBits - used);
        words.AsSpan(word + 1).Clear();
    }
}
