namespace OpenEntropy.Assessment.Suffixes;

/// <summary>What SP 800-90B, 6.3.5 and 6.3.6 count of the tuples of a sequence.</summary>
/// <param name="Length">L, the length of the sequence, symbols.</param>
/// <param name="LongestFrequent">t, the length of the longest tuple that occurs 35 times or more; 0 where not even a symbol does.</param>
/// <param name="LongestRepeated">v, the length of the longest tuple that occurs twice; 0 where no symbol does.</param>
/// <param name="Frequent">The greatest of P[i]^(1/i), where P[i] is the share of the commonest tuple of i ≤ t symbols; empty for t = 0.</param>
/// <param name="Repeated">The greatest of P_W^(1/W), where P_W is the share of pairs of tuples of t &lt; W ≤ v symbols that are equal; empty for v = t.</param>
internal sealed record RepeatedTuples(int Length, int LongestFrequent, int LongestRepeated, RootMaximum Frequent, RootMaximum Repeated)
{
    /// <summary>Counts the tuples of the symbols and of the bit string.</summary>
    public static (RepeatedTuples Symbols, RepeatedTuples Bits) OfBoth(SampleSet samples, Checkpoint? checkpoint)
    {
        using var symbols = new NativeBuffer<int>(samples.Length);
        using var bits = new NativeBuffer<int>(samples.BitLength);
        Fill(PackedBits.Of(samples), bits.Span, samples.SymbolBits, symbols.Span, checkpoint);
        var ofSymbols = PrefixCounts.Of(symbols.Span, checkpoint);
        symbols.Dispose();
        return (ofSymbols, PrefixCounts.Of(bits.Span, checkpoint));
    }

    /// <summary>Counts the tuples of the symbols.</summary>
    public static RepeatedTuples OfSymbols(SampleSet samples, Checkpoint? checkpoint)
    {
        using var symbols = new NativeBuffer<int>(samples.Length);
        using (var bits = new NativeBuffer<int>(samples.BitLength))
            Fill(PackedBits.Of(samples), bits.Span, samples.SymbolBits, symbols.Span, checkpoint);
        return PrefixCounts.Of(symbols.Span, checkpoint);
    }

    /// <summary>Counts the tuples of the bit string.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="maximumBits">How many bits of it at most.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    public static RepeatedTuples OfBits(SampleSet samples, int maximumBits, Checkpoint? checkpoint)
    {
        var packed = PackedBits.Of(samples, maximumBits);
        using var bits = new NativeBuffer<int>(packed.Length);
        Fill(packed, bits.Span, 1, [], checkpoint);
        return PrefixCounts.Of(bits.Span, checkpoint);
    }

    private static void Fill(PackedBits packed, Span<int> bits, int width, Span<int> symbols, Checkpoint? checkpoint)
    {
        BitSuffixArray.Sort(packed, bits, checkpoint);
        CommonPrefixes.Replace(packed, bits, width, symbols, checkpoint);
    }
}
