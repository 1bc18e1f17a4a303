using System.Globalization;
using OpenEntropy.Tests;
using Xunit;

namespace OpenEntropy.Assessment.Tests;

public sealed class SampleSetTests
{
    [VectorTheory]
    [MemberData(nameof(DataSets.All), MemberType = typeof(DataSets))]
    public void FromSamples_OfNistsData_CountsAsTheTool(string name)
    {
        var samples = DataSets.Samples(name);

        var expected = $"Loaded {samples.Length} samples of {samples.AlphabetSize} distinct {samples.SymbolBits}-bit-wide symbols";
        Assert.Contains(expected, DataSets.NonIid(name).Lines);
    }

    [Fact]
    public void Symbols_OfSparseAlphabet_AreNumberedInOrder()
    {
        var samples = SampleSet.FromSamples([9, 3, 9, 200, 3]);

        Assert.Equal([1, 0, 1, 2, 0], samples.Symbols.ToArray());
        Assert.Equal((3, 8), (samples.AlphabetSize, samples.SymbolBits));
    }

    [Fact]
    public void ToBits_OfThreeBitSamples_IsMostSignificantFirstAndUnmapped() =>
        Assert.Equal([1, 0, 1, 0, 1, 0, 1, 1], SampleSet.FromSamples([5, 2, 6]).ToBits(8));

    [Fact]
    public void FromSamples_OfNone_SaysWhatIsNeeded() =>
        Assert.Contains(
            "1,000,000",
            Assert.Throws<AssessmentInputException>(() => SampleSet.FromSamples([])).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void FromSamples_OfOneSymbol_NamesIt() =>
        Assert.Contains(
            "are 7",
            Assert.Throws<AssessmentInputException>(() => SampleSet.FromSamples([7, 7, 7])).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(4, 5)]
    [InlineData(7, 8)]
    public void FromSamples_WiderThanDeclared_IsRefused(int declared, int needed)
    {
        var exception = Assert.Throws<AssessmentInputException>(() => SampleSet.FromSamples([0, (byte)(1 << (needed - 1))], declared));

        Assert.Contains(needed.ToString(CultureInfo.InvariantCulture) + " bits", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void FromSamples_WithWidthOutOfRange_IsRefused(int bits) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleSet.FromSamples([0, 1], bits));

    [Fact]
    public void FromSamples_NarrowerThanDeclared_SaysSoAndKeepsTheWidth()
    {
        var samples = SampleSet.FromSamples([0, 1, 3], 8);

        Assert.True(samples.IsNarrowerThanDeclared);
        Assert.Equal(24, samples.BitLength);
    }

    [Theory]
    [InlineData(1, 134_217_728)]
    [InlineData(3, 44_739_242)]
    [InlineData(8, 16_777_216)]
    public void RequireLength_OfOneMoreThanFits_NamesTheLimit(int symbolBits, int most)
    {
        SampleSet.RequireLength(most, symbolBits);

        var exception = Assert.Throws<AssessmentInputException>(() => SampleSet.RequireLength(most + 1L, symbolBits));

        Assert.Contains("134,217,728 bits", exception.Message, StringComparison.Ordinal);
        Assert.Contains(most.ToString("N0", CultureInfo.InvariantCulture) + " such", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(8)]
    public void ToBits_OfAnyWidthAndLength_AreTheBitsOfTheSamplesOneByOne(int width)
    {
        var random = new SplitMix((ulong)width);
        for (var length = 2; length < 40; length++)
        {
            byte[] values = [0, 1, .. Enumerable.Range(2, length - 2).Select(_ => (byte)random.Below(1 << width))];
            var bits = values.SelectMany(value => Enumerable.Range(1, width).Select(bit => (byte)((value >> (width - bit)) & 1))).ToArray();
            var samples = SampleSet.FromSamples(values, width);

            Assert.Equal(bits, samples.ToBits());
            for (var most = 0; most < bits.Length; most++)
                Assert.Equal(bits[..most], samples.ToBits(most));
        }
    }

    [Fact]
    public void ToBits_OfManySamples_CallsCheckpointOften()
    {
        var calls = 0;

        SampleSet.FromSamples([.. Enumerable.Repeat((byte)0, 4_000_000), 1]).ToBits(checkpoint: () => calls++);

        Assert.Equal(4, calls);
    }
}
