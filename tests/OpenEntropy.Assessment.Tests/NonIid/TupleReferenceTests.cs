using OpenEntropy.Assessment.NonIid;
using OpenEntropy.Assessment.Suffixes;
using Xunit;

namespace OpenEntropy.Assessment.Tests.NonIid;

public sealed class TupleReferenceTests
{
    /// <summary>Seeds of the families below, and of lengths and alphabets within them.</summary>
    public static TheoryData<int> Families => [.. Enumerable.Range(0, Kinds.Length)];

    private static Func<int, int, int, byte[]>[] Kinds =>
        [
            // Uniform; biased to one symbol; periodic; periodic with a fault; a block repeated; blocks of two kinds; runs that grow.
            SeededSamples.Of,
            (seed, length, k) => [.. SeededSamples.Of(seed, length, 30).Select(sample => (byte)(sample < 29 ? 0 : seed % (k - 1) + 1))],
            (seed, length, k) => Periodic(SeededSamples.Of(seed, (seed % 11) + 1, k), length),
            (seed, length, k) => Faulty(Periodic(SeededSamples.Of(seed, (seed % 7) + 1, k), length), seed % length, k),
            (seed, length, k) => Periodic(SeededSamples.Of(seed, (length / 2) + 1, k), length),
            (seed, length, k) => [.. SeededSamples.Of(seed, length, 2).Select(bit => (byte)(bit == 0 ? k - 1 : (k - 1) / 2))],
            (seed, length, k) =>
                [.. Enumerable.Range(0, length).Select(i => (byte)((int)Math.Sqrt(i) % 2 == 0 ? seed % k : (seed + 1) % k))],
        ];

    [Theory]
    [MemberData(nameof(Families))]
    public void Of_SmallSequences_EqualsTheReference(int family)
    {
        int[] alphabets = [2, 3, 4, 9, 16, 200, 256];
        for (var seed = 0; seed < 42; seed++)
        {
            var alphabetSize = alphabets[seed % alphabets.Length];
            var raw = Kinds[family](seed, 2 + (seed * 37 % 300 / (alphabetSize > 16 ? 3 : 1)), alphabetSize);
            if (raw.Distinct().Count() > 1)
                AssertEqual(SampleSet.FromSamples(raw), $"family {family}, seed {seed}");
        }
    }

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(200)]
    public void Of_LongRunsAtTheEnd_EqualsTheReference(int run)
    {
        // Runs that are longer than what is compared at once, before and at the end.
        foreach (byte bit in new byte[] { 0, 1 })
        {
            var other = (byte)(1 - bit);
            byte[] runs = [.. Enumerable.Repeat(bit, run)];
            AssertEqual(SampleSet.FromSamples([other, .. runs, other, .. runs]), "ends in the run");
            AssertEqual(SampleSet.FromSamples([other, .. runs, other, .. runs, other]), "ends after the run");
            AssertEqual(SampleSet.FromSamples([.. runs, other, other, .. runs, other, .. runs[1..]]), "ends short of the run");
        }
    }

    [Fact]
    public void OfBits_Truncated_EqualsTheReferenceOfSoManyBits()
    {
        var samples = SampleSet.FromSamples(SeededSamples.Of(3, 200, 32));

        for (var bits = 2; bits <= samples.BitLength; bits += 37)
            AssertEqual(TupleReference.Of(samples.ToBits(bits)), RepeatedTuples.OfBits(samples, bits, checkpoint: null), $"{bits} bits");
    }

    private static void AssertEqual(SampleSet samples, string what)
    {
        var (symbols, bits) = RepeatedTuples.OfBoth(samples, checkpoint: null);
        var ofSymbols = TupleReference.Of(samples.Symbols);

        AssertEqual(ofSymbols, symbols, what);
        AssertEqual(ofSymbols, RepeatedTuples.OfSymbols(samples, checkpoint: null), what);
        AssertEqual(TupleReference.Of(samples.ToBits()), bits, what + ", bits");
    }

    private static void AssertEqual((TupleEstimate?, LongestRepeatedSubstringEstimate?) expected, RepeatedTuples actual, string what) =>
        Assert.Equal((what, expected), (what, (TupleEstimate.Of(actual), LongestRepeatedSubstringEstimate.Of(actual))));

    private static byte[] Periodic(byte[] period, int length) => [.. Enumerable.Range(0, length).Select(i => period[i % period.Length])];

    private static byte[] Faulty(byte[] samples, int at, int alphabetSize)
    {
        samples[at] = (byte)((samples[at] + 1) % alphabetSize);
        return samples;
    }
}
