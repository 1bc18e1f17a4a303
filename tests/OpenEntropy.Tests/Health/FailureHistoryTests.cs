using OpenEntropy.Health;
using Xunit;

namespace OpenEntropy.Tests.Health;

public sealed class FailureHistoryTests
{
    private static readonly DateTimeOffset s_start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 30, 60, true)]
    [InlineData(0, 30, 61, false)]
    [InlineData(0, 0, 0, true)]
    public void AddIntermittent_ThirdFailure_IsPermanentWithinAnHour(int first, int second, int third, bool permanent)
    {
        var history = new FailureHistory();
        Assert.False(history.AddIntermittent(1, 0, s_start.AddMinutes(first)));
        Assert.False(history.AddIntermittent(0, 1, s_start.AddMinutes(second)));
        Assert.Equal(permanent, history.AddIntermittent(1, 0, s_start.AddMinutes(third)));
    }

    [Fact]
    public void AddIntermittent_OneBatchWithManyFailures_IsOneTowardsAPermanentOne()
    {
        var history = new FailureHistory();
        Assert.False(history.AddIntermittent(5, 7, s_start));
        Assert.Equal(5, history.Counts()["rct"]);
        Assert.Equal(7, history.Counts()["apt"]);
    }

    [Fact]
    public void AddIntermittent_SamplesThatStillFail_AreNoNewFailure()
    {
        var history = new FailureHistory();
        for (var i = 0; i < 10; i++)
            Assert.False(history.AddIntermittent(0, 0, s_start));
        Assert.Equal(0, history.Counts().Values.Sum());
    }

    [Fact]
    public void AddTotalFailure_Often_IsCountedAndNeverPermanent()
    {
        var history = new FailureHistory();
        for (var i = 0; i < 10; i++)
            history.AddTotalFailure();
        Assert.Equal(10, history.Counts()["total_failure"]);
        Assert.False(history.AddIntermittent(1, 0, s_start));
    }

    [Fact]
    public void Forgive_AfterTwoFailures_KeepsTheTotalsOnly()
    {
        var history = new FailureHistory();
        history.AddIntermittent(1, 0, s_start);
        history.AddIntermittent(1, 0, s_start);
        history.Forgive();
        Assert.False(history.AddIntermittent(1, 0, s_start));
        Assert.Equal(3, history.Counts()["rct"]);
    }
}
