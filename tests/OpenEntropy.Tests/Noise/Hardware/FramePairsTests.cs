using OpenEntropy.Noise.Hardware;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

public sealed class FramePairsTests
{
    // Two squares of 8 by 8 side by side: the walk reads the pixels (4, 4) and (12, 4).
    private static readonly LumaLayout s_grey = new(Width: 16, Height: 8, BytesPerPixel: 1, BytesPerLine: 16);

    [Fact]
    public void Read_GreyWithPaddedLines_TakesTheMiddleOfEachSquare()
    {
        var layout = new LumaLayout(Width: 20, Height: 17, BytesPerPixel: 1, BytesPerLine: 24);
        var frame = new byte[layout.FrameBytes];
        (frame[(4 * 24) + 4], frame[(4 * 24) + 12], frame[(12 * 24) + 4], frame[(12 * 24) + 12]) = (1, 2, 3, 4);
        var luma = new byte[layout.Pixels];

        layout.Read(frame, luma);

        Assert.Null(layout.WhyUnusable());
        Assert.Equal((16 * 24) + 20, layout.FrameBytes); // the last line without its padding
        Assert.Equal([1, 2, 3, 4], luma);
    }

    [Fact]
    public void Read_Yuyv_TakesLumaAndNoColour()
    {
        var layout = new LumaLayout(Width: 16, Height: 8, BytesPerPixel: 2, BytesPerLine: 32);
        var frame = Enumerable.Range(0, layout.FrameBytes).Select(i => (byte)(i % 2 == 0 ? i / 2 % 16 : 0xCC)).ToArray();
        var luma = new byte[layout.Pixels];

        layout.Read(frame, luma);

        Assert.Equal([4, 12], luma);
    }

    [Theory]
    [InlineData(7, 8, 7, "7 by 8")]
    [InlineData(16, 0, 16, "16 by 0")]
    [InlineData(int.MaxValue, 8, int.MaxValue, "by 8")]
    [InlineData(16, 8, 15, "16 pixels have 15 bytes")]
    [InlineData(16, 8, int.MaxValue, "have 2147483647 bytes")]
    public void WhyUnusable_SizesNoFrameHas_SaysWhat(int width, int height, int bytesPerLine, string saying) =>
        Assert.Contains(saying, new LumaLayout(width, height, 1, bytesPerLine).WhyUnusable(), StringComparison.Ordinal);

    [Fact]
    public void Take_FourFrames_GivesTheLowestTwoBitsOfEachPairsDifferencesAndNothingAcrossThem()
    {
        var pairs = new FramePairs(s_grey);

        pairs.Add(Frame(100, 200));
        Assert.True(pairs.IsEmpty);
        pairs.Add(Frame(103, 10));
        Assert.Equal([3, -190 & 3], Take(pairs));
        pairs.Add(Frame(50, 50));
        Assert.True(pairs.IsEmpty);
        pairs.Add(Frame(50, 49));
        Assert.Equal([0, 3], Take(pairs));
        Assert.Equal([], Take(pairs));
    }

    [Fact]
    public void Take_LessRoomThanDifferences_GoesOnWhereItStopped()
    {
        var pairs = new FramePairs(s_grey);
        pairs.Add(Frame(1, 1));
        pairs.Add(Frame(2, 3));
        var one = new byte[1];

        Assert.Equal(1, pairs.Take(one));
        Assert.Equal(1, one[0]);
        Assert.Equal([2], Take(pairs));
        Assert.True(pairs.IsEmpty);
    }

    [Fact]
    public void Add_RepeatedFrame_IsPartOfNoPair()
    {
        var pairs = new FramePairs(s_grey);

        pairs.Add(Frame(1, 1));
        pairs.Add(Frame(1, 1));
        Assert.Equal(1, pairs.Repeats);
        Assert.True(pairs.IsEmpty);
        pairs.Add(Frame(4, 6));
        Assert.Equal(0, pairs.Repeats);
        Assert.Equal([3, 5 & 3], Take(pairs));

        // Nor does the last frame of one pair, once more, begin the next.
        pairs.Add(Frame(4, 6));
        pairs.Add(Frame(5, 5));
        Assert.True(pairs.IsEmpty);
        pairs.Add(Frame(5, 7));
        Assert.Equal([0, 2], Take(pairs));
    }

    [Fact]
    public void Clear_AfterAFrame_ForgetsIt()
    {
        var pairs = new FramePairs(s_grey);
        pairs.Add(Frame(1, 2));

        pairs.Clear();
        pairs.Add(Frame(9, 9));

        Assert.True(pairs.IsEmpty);
    }

    private static byte[] Frame(byte first, byte second)
    {
        var frame = new byte[s_grey.FrameBytes];
        (frame[(4 * 16) + 4], frame[(4 * 16) + 12]) = (first, second);
        return frame;
    }

    private static byte[] Take(FramePairs pairs)
    {
        var samples = new byte[8];
        return samples[..pairs.Take(samples)];
    }
}
