using OpenEntropy.Noise.Hardware;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

public sealed class PcmFormatTests
{
    [Theory]
    [InlineData(2, 16, 1, "0100" + "FFFF" + "0080" + "FE7F", new byte[] { 1, 3, 0, 2 })] // S16_LE
    [InlineData(3, 24, 1, "010000" + "FFFFFF" + "000080" + "FEFF7F", new byte[] { 1, 3, 0, 2 })] // S24_3LE
    [InlineData(4, 32, 1, "01000000" + "FFFFFFFF" + "00000080" + "FEFFFF7F", new byte[] { 1, 3, 0, 2 })] // S32_LE
    [InlineData(4, 24, 1, "FF010000" + "00FFFFFF" + "0012E4FF", new byte[] { 1, 3, 2 })] // 24 bits in the upper part of 32
    [InlineData(3, 20, 1, "1F0000" + "F0FFFF" + "200000", new byte[] { 1, 3, 2 })] // 20 bits in the upper part of 24
    [InlineData(3, 8, 1, "FFFF01" + "000082", new byte[] { 1, 2 })] // 8 bits in the upper part of 24
    [InlineData(2, 16, 2, "0100" + "AAAA" + "0200" + "BBBB", new byte[] { 1, 2 })] // the second channel is left out
    [InlineData(4, 32, 3, "05000000" + "AAAAAAAA" + "BBBBBBBB" + "06000000" + "AAAAAAAA" + "BBBBBBBB", new byte[] { 1, 2 })]
    [InlineData(2, 16, 2, "0100" + "AAAA" + "0200" + "BB", new byte[] { 1 })] // half a frame is none
    [InlineData(2, 16, 1, "", new byte[] { })]
    public void Digitize_Frames_GivesTheLowestTwoBitsOfTheFirstChannel(
        int bytes,
        int significant,
        int channels,
        string frames,
        byte[] expected
    )
    {
        var format = new PcmFormat(bytes, significant, channels, 48_000);
        var samples = new byte[8];

        Assert.Null(format.WhyUnusable());
        Assert.Equal(expected.Length, format.Digitize(Convert.FromHexString(frames), samples));
        Assert.Equal(expected, samples[..expected.Length]);
    }

    [Fact]
    public void Digitize_MoreFramesThanRoom_FillsTheRoom() =>
        Assert.Equal(1, new PcmFormat(2, 16, 1, 48_000).Digitize([1, 0, 2, 0], new byte[1]));

    [Theory]
    [InlineData(1, 8, 1, 48_000, "1 bytes")]
    [InlineData(2, 17, 1, 48_000, "17 of 16 bits")]
    [InlineData(2, 0, 1, 48_000, "0 of 16 bits")]
    [InlineData(4, -22, 1, 48_000, "-22 of 32 bits")] // an errno where a number of bits was expected
    [InlineData(2, 16, 0, 48_000, "0 channels")]
    [InlineData(2, 16, 1, 0, "no rate")]
    public void WhyUnusable_WhatNoDeviceCanMean_SaysWhat(int bytes, int significant, int channels, int rate, string saying) =>
        Assert.Contains(saying, new PcmFormat(bytes, significant, channels, rate).WhyUnusable(), StringComparison.Ordinal);
}
