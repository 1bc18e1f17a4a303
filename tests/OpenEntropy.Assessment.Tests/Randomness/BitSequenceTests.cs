using OpenEntropy.Assessment.Randomness;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Randomness;

public sealed class BitSequenceTests
{
    [Fact]
    public void FromBytes_OfOne_IsMostSignificantBitFirst()
    {
        var bits = BitSequence.FromBytes([0b1100_0101, 0b1000_0000]);

        Assert.Equal(16, bits.Length);
        Assert.Equal("1100010110000000", string.Concat(Enumerable.Range(0, 16).Select(i => bits[i])));
    }

    [Fact]
    public void FromBits_OfNeitherZeroNorOne_NamesIt() =>
        Assert.Contains(
            "Bit 2 is 7",
            Assert.Throws<AssessmentInputException>(() => BitSequence.FromBits([0, 1, 7])).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Parts_AtAnyPosition_AreThoseOfTheBits()
    {
        var plain = BitSources.Bits("fair", 333, 1);
        var bits = BitSequence.FromBits(plain);
        for (var start = 0; start < plain.Length; start++)
        {
            var rest = plain[start..];
            var word = bits.WordAt(start);
            Assert.All(Enumerable.Range(0, 64), i => Assert.Equal(i < rest.Length ? rest[i] : 0, (int)((word >> i) & 1)));
            foreach (var length in new[] { 0, 1, 63, 64, 65, 200 }.Where(length => length <= rest.Length))
            {
                Assert.Equal(rest.Take(length).Sum(bit => bit), bits.CountOnes(start, length));
                Assert.Equal(BitSequence.FromBits(rest.AsSpan(0, length)).Words.ToArray(), bits.Slice(start, length).Words.ToArray());
            }
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void Index_OutOfRange_IsRefused(int index) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BitSequence.FromBits([0, 1, 0])[index]);
}
