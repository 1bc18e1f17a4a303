using OpenEntropy.Health;
using Xunit;

namespace OpenEntropy.Tests.Health;

/// <summary>Which test is named, and what a lower claim's cutoffs leave of a run or window in progress.</summary>
public sealed class SourceJudgeCutoffsTests
{
    [Fact]
    public void Test_BatchThatOnlyStillFailsTheProportionTest_NamesThatTest()
    {
        // A window that reached the cutoff, and then, in a batch of its own, other samples of the same window.
        var judge = JudgeBench.Healthy();
        for (var i = 0; i < 500 && judge.Judge.Failures.Counts()["apt"] == 0; i++)
            judge.Judge.Test([i % 24 == 23 ? (byte)(100 + (i % 7)) : (byte)1]);
        judge.Judge.Retest();
        judge.Judge.Test([50]);
        Assert.StartsWith("apt failed;", judge.Judge.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Replace_InTheMiddleOfARun_DoesNotForgetTheRun()
    {
        // At H = 0.3 the repetition cutoffs are 1 + ⌈40/0.3⌉ = 135 and 1 + ⌈60/0.3⌉ = 201.
        var judge = JudgeBench.Healthy();
        Assert.True(judge.Stuck(120));
        judge.Judge.Replace(HealthCutoffs.Derive(0.3, new HealthOptions()));
        Assert.True(judge.Stuck(14));
        Assert.False(judge.Stuck(1));
        Assert.Equal(1, judge.Judge.Failures.Counts()["rct"]);
        judge.Stuck(201 - 136);
        Assert.Equal(SourceState.Failed, judge.State);
        judge.Stuck(1);
        Assert.Equal(SourceState.PermanentlyFailed, judge.State);
    }

    [Fact]
    public void Replace_InTheMiddleOfAWindow_DoesNotForgetTheWindow()
    {
        var lower = HealthCutoffs.Derive(0.3, new HealthOptions());
        var judge = JudgeBench.Healthy();
        var seen = 0;
        for (var i = 0; judge.Judge.Failures.Counts()["apt"] == 0 && i < HealthCutoffs.Window; i++)
        {
            if (i == 300)
                judge.Judge.Replace(lower);
            byte sample = i % 24 == 23 ? (byte)(100 + (i % 7)) : (byte)1;
            seen += sample == 1 ? 1 : 0;
            judge.Judge.Test([sample]);
        }

        Assert.Equal(lower.ProportionIntermittent, seen);
    }
}
