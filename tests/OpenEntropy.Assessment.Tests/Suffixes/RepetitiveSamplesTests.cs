using OpenEntropy.Assessment.Suffixes;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Suffixes;

/// <summary>Samples that make a careless suffix sort quadratic.</summary>
public sealed class RepetitiveSamplesTests
{
    private const int Length = 250_000;
    private const int Cutoff = 35;

    // One share of the work between two checkpoints, bits.
    private const int Share = 1 << 18;

    /// <summary>Samples by name, and t and v as they follow from how these are made.</summary>
    public static TheoryData<string, int, int> Repetitive =>
        new()
        {
            { "zeros, then a one", Length - Cutoff, Length - 2 },
            { "a one, then zeros", Length - Cutoff, Length - 2 },
            { "ones, then a zero", Length - Cutoff, Length - 2 },
            { "period 5", Length - (5 * (Cutoff - 1)), Length - 5 },
            { "period 256", Length - (256 * (Cutoff - 1)), Length - 256 },
            { "a block twice", 1, Length / 2 },
        };

    [Theory]
    [MemberData(nameof(Repetitive))]
    public void OfBoth_OfRepetitiveSamples_TakesWorkInProportionToTheirLength(string name, int t, int v)
    {
        var samples = SampleSet.FromSamples(Samples(name), 8);
        var checkpoints = 0;

        var (symbols, bits) = RepeatedTuples.OfBoth(samples, () => checkpoints++);

        Assert.Equal((t, v), (symbols.LongestFrequent, symbols.LongestRepeated));
        Assert.InRange(bits.LongestRepeated, 8 * v, (8 * v) + 16);
        Assert.InRange(checkpoints, samples.BitLength / Share, 1_000 + (64 * samples.BitLength / Share));
    }

    [Fact]
    public void OfBoth_CheckpointThrows_Ends()
    {
        var samples = SampleSet.FromSamples(Samples("a block twice"));
        var checkpoints = 0;

        Assert.Throws<OperationCanceledException>(() =>
            RepeatedTuples.OfBoth(samples, () => _ = ++checkpoints == 300 ? throw new OperationCanceledException() : 0)
        );
        Assert.Equal(300, checkpoints);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public void Maximum_InSeveralPasses_IsThatOfOne(int lengthsAtOnce)
    {
        var block = SeededSamples.Of(seed: 5, length: 300, alphabetSize: 256);
        var bits = PackedBits.Of(SampleSet.FromSamples([.. block, .. block, .. block[..100]], 8));
        var prefixes = new int[bits.Length];
        BitSuffixArray.Sort(bits, prefixes, checkpoint: null);
        CommonPrefixes.Replace(bits, prefixes, 1, [], checkpoint: null);
        var longest = prefixes.Max();

        var once = RepeatedPairs.Maximum(prefixes, 9, longest, checkpoint: null);

        Assert.Equal(once.Greatest, RepeatedPairs.Maximum(prefixes, 9, longest, checkpoint: null, lengthsAtOnce).Greatest);
    }

    private static byte[] Samples(string name)
    {
        var samples = new byte[Length];
        switch (name)
        {
            case "zeros, then a one":
                samples[^1] = 1;
                return samples;
            case "a one, then zeros":
                samples[0] = 1;
                return samples;
            case "ones, then a zero":
                samples.AsSpan().Fill(255);
                samples[^1] = 254;
                return samples;
            case "a block twice":
                var block = SeededSamples.Of(seed: 1, Length / 2, alphabetSize: 256);
                return [.. block, .. block];
            default:
                var period = int.Parse(name["period ".Length..], System.Globalization.CultureInfo.InvariantCulture);
                return [.. Enumerable.Range(0, Length).Select(i => (byte)(i % period))];
        }
    }
}
