using OpenEntropy.Health;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Health;

public sealed class FailureHistoryTests
{
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData(0, 30, 60, true)]
    [InlineData(0, 30, 61, false)]
    [InlineData(0, 0, 0, true)]
    public void AddIntermittent_ThirdFailure_IsPermanentWithinAnHour(int first, int second, int third, bool permanent)
    {
        var history = new FailureHistory(_time);
        _time.Advance(TimeSpan.FromMinutes(first));
        Assert.False(history.AddIntermittent(1, 0));
        _time.Advance(TimeSpan.FromMinutes(second - first));
        Assert.False(history.AddIntermittent(0, 1));
        _time.Advance(TimeSpan.FromMinutes(third - second));
        Assert.Equal(permanent, history.AddIntermittent(1, 0));
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(2)]
    public void AddIntermittent_WallClockSetInBetween_CountsTheHourAllTheSame(int hours)
    {
        var history = new FailureHistory(_time);
        history.AddIntermittent(1, 0);
        _time.WallStep = TimeSpan.FromHours(hours);
        history.AddIntermittent(1, 0);
        _time.Advance(TimeSpan.FromMinutes(61));
        Assert.False(history.AddIntermittent(1, 0));
        Assert.False(history.AddIntermittent(1, 0));
        Assert.True(history.AddIntermittent(1, 0));
    }

    [Fact]
    public void AddIntermittent_ForEver_KeepsNoMoreThanTheRuleNeeds()
    {
        var history = new FailureHistory(_time);
        for (var i = 0; i < 1_000; i++)
            history.AddIntermittent(1, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100_000; i++)
            history.AddIntermittent(1, 0);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void AddIntermittent_OneBatchWithManyFailures_IsOneTowardsAPermanentOne()
    {
        var history = new FailureHistory(_time);
        Assert.False(history.AddIntermittent(5, 7));
        Assert.Equal(5, history.Counts()["rct"]);
        Assert.Equal(7, history.Counts()["apt"]);
    }

    [Fact]
    public void AddIntermittent_SamplesThatStillFail_AreNoNewFailure()
    {
        var history = new FailureHistory(_time);
        for (var i = 0; i < 10; i++)
            Assert.False(history.AddIntermittent(0, 0));
        Assert.Equal(0, history.Counts().Values.Sum());
    }

    [Fact]
    public void AddTotalFailure_Often_IsCountedAndNeverPermanent()
    {
        var history = new FailureHistory(_time);
        for (var i = 0; i < 10; i++)
            history.AddTotalFailure();
        Assert.Equal(10, history.Counts()["total_failure"]);
        Assert.False(history.AddIntermittent(1, 0));
    }

    [Fact]
    public void Forgive_InADrill_ForgetsWhatFailedBeforeItToo()
    {
        var history = new FailureHistory(_time);
        history.AddIntermittent(1, 0);
        history.AddIntermittent(1, 0);
        history.PutAside();
        history.Forgive();
        history.TakeBack();
        Assert.False(history.AddIntermittent(1, 0));
        Assert.Equal(3, history.Counts()["rct"]);
    }

    [Fact]
    public void Forgive_AfterTwoFailures_KeepsTheTotalsOnly()
    {
        var history = new FailureHistory(_time);
        history.AddIntermittent(1, 0);
        history.AddIntermittent(1, 0);
        history.Forgive();
        Assert.False(history.AddIntermittent(1, 0));
        Assert.Equal(3, history.Counts()["rct"]);
    }
}
