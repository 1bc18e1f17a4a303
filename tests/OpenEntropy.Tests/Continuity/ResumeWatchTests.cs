using OpenEntropy.Continuity;
using Xunit;

namespace OpenEntropy.Tests.Continuity;

public sealed class ResumeWatchTests
{
    private const long Millisecond = 1_000_000;
    private const long Second = 1_000_000_000;

    private readonly ResumeWatch _watch;
    private readonly List<int> _resumed = [];
    private (long Boottime, long Realtime) _clocks = (0, 1_900_000_000 * Second);

    public ResumeWatchTests()
    {
        _watch = new ResumeWatch(() => _clocks);
        _watch.Resumed = _resumed.Add;
    }

    [Theory]
    [InlineData(10 * Millisecond, 0, 0)]
    [InlineData((10 * Millisecond) + 1, 0, 1)]
    [InlineData(-(10 * Millisecond) - 1, 0, 1)]
    [InlineData(0, Second, 0)]
    [InlineData(0, Second + 1, 1)]
    [InlineData(0, -Second - 1, 1)]
    [InlineData(3_600 * Second, 3_600 * Second, 1)]
    public void Look_AfterAJump_StartsOneEpoch(long boottime, long realtime, int epochs)
    {
        Move(boottime, realtime);
        Assert.Equal(epochs, _watch.Look());
        Assert.Equal(epochs, _watch.Look());
        Assert.Equal(Enumerable.Range(1, epochs), _resumed);
    }

    [Fact]
    public void Look_ThroughADayOfSlewing_SeesNothing()
    {
        // 500 ppm, the kernel's limit, looked at once a second: 43 s in all.
        for (var i = 0; i < 86_400; i++)
        {
            Move(0, Second / 2_000);
            Assert.Equal(0, _watch.Look());
        }
    }

    [Fact]
    public void Look_StepAfterSlewing_IsStillSeen()
    {
        for (var i = 0; i < 1_000; i++)
        {
            Move(0, 2 * Millisecond);
            _watch.Look();
        }

        Move(0, -Second - (3 * Millisecond));
        Assert.Equal(1, _watch.Look());
    }

    [Fact]
    public void Look_EachOfThreeSuspensions_StartsAnEpoch()
    {
        for (var suspensions = 1; suspensions <= 3; suspensions++)
        {
            Move(Second, Second);
            Assert.Equal(suspensions, _watch.Look());
        }
    }

    [Fact]
    public void Sign_OfAnother_StartsAnEpoch()
    {
        _watch.Sign();
        Assert.Equal(1, _watch.Epoch);
        Assert.Equal(1, _watch.Look());
        Assert.Equal([1], _resumed);
    }

    [Fact]
    public void Resumed_WhileItRuns_NobodySeesTheNewEpoch()
    {
        var seen = -1;
        _watch.Resumed = _ => seen = _watch.Epoch;
        _watch.Sign();
        Assert.Equal(0, seen);
        Assert.Equal(1, _watch.Epoch);
    }

    [Fact]
    public void Look_OfManyThreadsAfterOneJump_StartsOneEpoch()
    {
        Move(Second, Second);
        Parallel.For(0, 1_000, _ => Assert.Equal(1, _watch.Look()));
        Assert.Equal([1], _resumed);
    }

    private void Move(long boottime, long realtime) => _clocks = (_clocks.Boottime + boottime, _clocks.Realtime + realtime);
}
