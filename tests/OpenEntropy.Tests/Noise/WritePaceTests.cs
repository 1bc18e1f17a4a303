using System.Diagnostics;
using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

public sealed class WritePaceTests
{
    private const long Start = 1_000_000;

    private static readonly long s_second = Stopwatch.Frequency;

    [Fact]
    public void Take_StoreUsedUp_TellsHowLongUntilTheNext()
    {
        var pace = new WritePace(perSecond: 4, store: 2);

        Assert.Equal(0, pace.Take(Start));
        Assert.Equal(0, pace.Take(Start));
        Assert.Equal(s_second / 4, pace.Take(Start));
        Assert.Equal(s_second / 8, pace.Take(Start + (s_second / 8)));
        Assert.Equal(0, pace.Take(Start + (s_second / 4)));
        Assert.True(pace.Take(Start + (s_second / 4)) > 0);
    }

    [Fact]
    public void Take_AfterALongPause_HasNoMoreThanTheStore()
    {
        var pace = new WritePace(perSecond: 1000, store: 3);
        _ = pace.Take(Start);

        var later = Start + (3600 * s_second);

        Assert.Equal([0, 0, 0], (long[])[pace.Take(later), pace.Take(later), pace.Take(later)]);
        Assert.True(pace.Take(later) > 0);
    }
}
