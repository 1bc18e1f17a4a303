using OpenEntropy.Server.Randomness;
using Xunit;

namespace OpenEntropy.Server.Tests.Randomness;

public sealed class VonNeumannExtractorTests
{
    [Theory]
    [InlineData("AAAA", "FF")] // 10 eight times
    [InlineData("5555", "00")] // 01 eight times
    [InlineData("AA55", "F0")] // the first byte's bits come out on top
    [InlineData("9999", "AA")] // 10 01, four times
    [InlineData("6666", "55")]
    [InlineData("80808080808080808080808080808080", "FFFF")] // only the top pair differs
    [InlineData("01010101010101010101010101010101", "0000")] // only the lowest pair differs
    public void Extract_KnownAnswer_IsGiven(string samples, string expected)
    {
        var extractor = new VonNeumannExtractor();
        var output = new byte[expected.Length / 2];

        var written = extractor.Extract(Convert.FromHexString(samples), output);

        Assert.Equal(output.Length, written);
        Assert.Equal(expected, Convert.ToHexString(output));
    }

    [Fact]
    public void Extract_MixedPairs_KeepsOnlyTheUnequal()
    {
        // A5 = 10 10 01 01 -> 1100; F0 and C3 hold equal pairs alone; 96 = 10 01 01 10 -> 1001.
        var extractor = new VonNeumannExtractor();
        var output = new byte[2];

        Assert.Equal(1, extractor.Extract([0xA5, 0xF0, 0xC3, 0x96], output));
        Assert.Equal(0b1100_1001, output[0]);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    [InlineData(0xCC)]
    public void Extract_EqualPairs_GiveNothing(byte sample)
    {
        var extractor = new VonNeumannExtractor();
        var output = new byte[1];

        Assert.Equal(0, extractor.Extract(Enumerable.Repeat(sample, 1000).ToArray(), output));
    }

    [Fact]
    public void Extract_InPieces_EqualsExtractAtOnce()
    {
        var samples = Enumerable.Range(0, 4096).Select(i => (byte)((i * 167) ^ (i >> 3))).ToArray();
        var whole = new byte[4096];
        var atOnce = new VonNeumannExtractor().Extract(samples, whole);

        var extractor = new VonNeumannExtractor();
        var pieces = new byte[4096];
        var count = 0;
        for (var i = 0; i < samples.Length; i += 7)
        {
            count += extractor.Extract(samples.AsSpan(i, Math.Min(7, samples.Length - i)), pieces.AsSpan(count));
        }

        Assert.True(atOnce > 500);
        Assert.Equal(whole[..atOnce], pieces[..count]);
    }

    [Fact]
    public void Extract_BiasedIndependentBits_LosesTheBias()
    {
        // Every pattern of four bits as often as bits that are one with probability 2/3 would have it: two thirds of the bits are ones.
        var samples = new List<byte>();
        for (var pattern = 0; pattern < 256; pattern++)
        {
            samples.AddRange(Enumerable.Repeat((byte)pattern, 1 << System.Numerics.BitOperations.PopCount((uint)pattern)));
        }

        var output = new byte[samples.Count];
        var written = new VonNeumannExtractor().Extract([.. samples], output);
        var ones = output[..written].Sum(value => System.Numerics.BitOperations.PopCount(value));

        // Exactly half of the unequal pairs are 10: what is left over of the last byte is all that may differ.
        Assert.InRange(ones, (4 * written) - 7, (4 * written) + 7);
    }
}
