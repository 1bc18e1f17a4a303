using OpenEntropy.Health;
using Xunit;

namespace OpenEntropy.Tests.Health;

public sealed class StuckTestTests
{
    [Theory]
    [InlineData("3 0 7", "- x -", "the first difference of time is zero")]
    [InlineData("3 3 9", "- x -", "the second difference is zero")]
    [InlineData("3 5 7 9 10", "- - x x -", "the third difference is zero")]
    [InlineData("250 4 14", "- - x", "a straight line across the wrap of the byte")]
    [InlineData("1 2 4 8 16", "- x - - -", "only the first step repeats the difference from the start")]
    public void Next_DifferencesOfTime_AreStuckWhereZero(string samples, string expected, string why)
    {
        var test = new StuckTest();
        var actual = string.Join(' ', samples.Split(' ').Select(sample => test.Next(byte.Parse(sample)) ? "x" : "-"));
        Assert.True(expected == actual, $"{why}: {actual}");
    }

    [Fact]
    public void CountMoving_AcrossBatches_RemembersTheLastTwo()
    {
        var test = new StuckTest();
        Assert.Equal(2, test.CountMoving([3, 5]));
        Assert.Equal(1, test.CountMoving([7, 8]));
    }
}
