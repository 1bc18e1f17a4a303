using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

public sealed class TurnLengthTests
{
    [Theory]
    [InlineData(16, 100, 32, "at most twice the last")]
    [InlineData(1000, 1000, 1000, "as long as it should be")]
    [InlineData(1000, 4000, 250, "too long: shortened to the target at once")]
    [InlineData(1, 50_000, 1, "a single slow operation")]
    [InlineData(4096, 10, 4096, "never above the maximum")]
    [InlineData(16, 0, 32, "too quick for the clock")]
    public void Next_LastTurn_AimsAtAMillisecond(int count, int microseconds, int expected, string why)
    {
        var last = new Collection(CollectionResult.Collected, count, TimeSpan.FromMicroseconds(microseconds));
        Assert.Equal((why, expected), (why, TurnLength.Next(last, TimeSpan.FromMilliseconds(1))));
    }

    [Theory]
    [InlineData(0, 64)]
    [InlineData(10, 64)]
    [InlineData(2_000, 10)]
    [InlineData(300_000, 1)]
    public void AfterOpening_SlowFirstSample_AsksForNoMoreThanFits(int microseconds, int expected) =>
        Assert.Equal(expected, TurnLength.AfterOpening(TimeSpan.FromMicroseconds(microseconds), TimeSpan.FromMilliseconds(20)));
}
