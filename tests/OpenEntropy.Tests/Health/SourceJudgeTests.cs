using OpenEntropy.Health;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Health;

public sealed class SourceJudgeTests
{
    [Fact]
    public void Test_Sample1024_CompletesTheStartup()
    {
        var judge = new JudgeBench();
        Assert.False(judge.Lively(1023));
        Assert.Equal(SourceState.Starting, judge.State);
        Assert.Contains("1023 of 1024", judge.Judge.Reason, StringComparison.Ordinal);
        Assert.True(judge.Lively(1));
        Assert.Equal(SourceState.Healthy, judge.State);
        Assert.Null(judge.Judge.Reason);
    }

    [Fact]
    public void Since_StateChanges_IsWhenItDid()
    {
        var judge = new JudgeBench();
        var made = judge.Time.GetUtcNow();
        judge.Time.Advance(TimeSpan.FromSeconds(3));
        judge.Lively(1023);
        Assert.Equal(made, judge.Judge.Since);
        judge.Lively(1);
        Assert.Equal(made + TimeSpan.FromSeconds(3), judge.Judge.Since);
        judge.Time.Advance(TimeSpan.FromSeconds(4));
        judge.Lively(1);
        Assert.Equal(made + TimeSpan.FromSeconds(3), judge.Judge.Since);
        judge.Judge.Fail("dead");
        Assert.Equal(made + TimeSpan.FromSeconds(7), judge.Judge.Since);
        judge.Time.Advance(TimeSpan.FromSeconds(1));
        judge.Judge.Fail("dead again");
        Assert.Equal(made + TimeSpan.FromSeconds(7), judge.Judge.Since);
    }

    [Fact]
    public void Test_FailureAtSample1023_StartsTheStartupAgain()
    {
        var judge = new JudgeBench();
        judge.Lively(1023 - 121);
        Assert.False(judge.Stuck(121));
        Assert.Equal(SourceState.Failed, judge.State);
        Assert.Equal(1, judge.Judge.Failures.Counts()["rct"]);

        // The run ends with the first other sample, and from there it takes all 1,024.
        Assert.False(judge.Lively(1023));
        Assert.Equal(SourceState.Failed, judge.State);
        Assert.True(judge.Lively(1));
    }

    [Fact]
    public void Test_StuckSource_FailsAtCAndPermanentlyAtItsOwnC()
    {
        var judge = JudgeBench.Healthy();
        Assert.True(judge.Stuck(120));
        Assert.Equal(SourceState.Healthy, judge.State);
        Assert.False(judge.Stuck(1));
        Assert.Equal(SourceState.Failed, judge.State);
        judge.Stuck(59);
        Assert.Equal(SourceState.Failed, judge.State);
        judge.Stuck(1);
        Assert.Equal(SourceState.PermanentlyFailed, judge.State);
        Assert.Contains("rct", judge.Judge.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_PermanentFailure_StaysWhateverComes()
    {
        var judge = JudgeBench.Healthy();
        judge.Stuck(181);
        judge.Lively(10_000);
        Assert.Equal(SourceState.PermanentlyFailed, judge.State);
        judge.Judge.Retest();
        judge.Judge.Fail("dead");
        Assert.Equal(SourceState.PermanentlyFailed, judge.State);
    }

    [Fact]
    public void Enable_StuckSource_NeverBecomesHealthyAndFailsPermanentlyAgain()
    {
        var judge = JudgeBench.Healthy();
        judge.Stuck(181);
        judge.Judge.Enable();
        Assert.Equal(SourceState.Starting, judge.State);
        for (var i = 0; i < 5000; i++)
        {
            Assert.False(judge.Stuck(1));
            Assert.NotEqual(SourceState.Healthy, judge.State);
        }

        Assert.Equal(SourceState.PermanentlyFailed, judge.State);
    }

    [Fact]
    public void Enable_SourceThatWorksAgain_IsHealthyAfterAWholeStartup()
    {
        var judge = JudgeBench.Healthy();
        judge.Stuck(181);
        judge.Judge.Enable();
        judge.Recover();
    }

    [Theory]
    [InlineData(60, SourceState.PermanentlyFailed)]
    [InlineData(61, SourceState.Failed)]
    public void Test_ThirdIntermittentFailure_IsPermanentWithinAnHour(int minutes, SourceState expected)
    {
        var judge = JudgeBench.Healthy();
        var passed = 0;
        foreach (var (minute, state) in new[] { (0, SourceState.Failed), (30, SourceState.Failed), (minutes, expected) })
        {
            judge.Time.Advance(TimeSpan.FromMinutes(minute - passed));
            passed = minute;
            judge.Stuck(121);
            Assert.Equal(state, judge.State);
            if (state == SourceState.Failed)
                judge.Recover();
        }
    }

    [Fact]
    public void Test_BiasAtTheCutoff_FailsInThatWindowWithoutARun()
    {
        var cutoffs = HealthCutoffs.Derive(1.0 / 3, new HealthOptions());
        var judge = new JudgeBench();
        judge.Lively(1024);

        // Two windows of 512 have passed. A run of at most 11 equal samples, then another: the reference makes up 11/12 of the window.
        var seen = 0;
        for (var i = 0; i < HealthCutoffs.Window && judge.State == SourceState.Healthy; i++)
        {
            byte sample = i % 12 == 11 ? (byte)(100 + (i % 7)) : (byte)1;
            seen += sample == 1 ? 1 : 0;
            judge.Judge.Test([sample]);
        }

        Assert.Equal(SourceState.Failed, judge.State);
        Assert.Equal(cutoffs.ProportionIntermittent, seen);
        Assert.Equal((0, 1), (judge.Judge.Failures.Counts()["rct"], judge.Judge.Failures.Counts()["apt"]));
    }

    [Fact]
    public void Fail_TotalFailure_NeedsANewStartupAndIsNeverPermanent()
    {
        var judge = JudgeBench.Healthy();
        for (var i = 0; i < 10; i++)
            judge.Judge.Fail("gave nothing");
        Assert.Equal((SourceState.Failed, "gave nothing"), (judge.State, judge.Judge.Reason));
        Assert.Equal(10, judge.Judge.Failures.Counts()["total_failure"]);
        judge.Recover();
    }

    [Fact]
    public void Retest_HealthySource_EarnsNothingUntilItPassedAgain()
    {
        var judge = JudgeBench.Healthy();
        judge.Judge.Retest();
        Assert.Equal(SourceState.Starting, judge.State);
        judge.Recover();
    }

    [Fact]
    public void Disable_AnyTest_LeavesItOffUntilEnabled()
    {
        var judge = JudgeBench.Healthy();
        judge.Judge.Disable();
        judge.Lively(5000);
        judge.Judge.Retest();
        judge.Judge.Fail("dead");
        Assert.Equal(SourceState.Disabled, judge.State);
        judge.Judge.Enable();
        judge.Recover();
    }

    [Fact]
    public void LastFailure_SourceRecovered_StaysWithItsTimeAndReason()
    {
        var judge = JudgeBench.Healthy();
        Assert.Null(judge.Judge.LastFailure);
        judge.Stuck(121);
        judge.Recover();
        Assert.Equal("rct failed; 1024 samples must pass again", judge.Judge.LastFailure?.Reason);
        judge.Judge.Fail("unplugged");
        judge.Recover();
        Assert.Equal("unplugged", judge.Judge.LastFailure?.Reason);
        Assert.Null(judge.Judge.Reason);
    }

    [Fact]
    public void Enable_SourceThatIsOn_StaysAsItIsAndItsFailuresCountOn()
    {
        var judge = JudgeBench.Healthy();
        for (var i = 0; i < 2; i++)
        {
            judge.Stuck(121);
            judge.Recover();
            judge.Judge.Enable();
            Assert.Equal(SourceState.Healthy, judge.State);
        }

        judge.Stuck(121);
        Assert.Equal(SourceState.PermanentlyFailed, judge.State);
    }

    [Fact]
    public void Enable_UnavailableSource_StaysUnavailable()
    {
        var judge = new SourceJudge(new ContinuousTests(null), SourceState.Unavailable, "not on this machine", TimeProvider.System);
        judge.Enable();
        judge.Disable();
        Assert.Equal((SourceState.Unavailable, "not on this machine"), (judge.State, judge.Reason));
    }

    [Fact]
    public void StuckValue_IsNotTheSampleBefore()
    {
        foreach (var position in new long[] { 1023 - 121 - 1, 1023 })
            Assert.NotEqual(JudgeBench.StuckValue, ScriptedNoiseSource.Lively(position));
    }

    [Fact]
    public void WasSwitchedOff_DisabledOrDeselected_UntilItIsOnAgain()
    {
        var bench = JudgeBench.Healthy();
        Assert.False(bench.Judge.WasSwitchedOff);
        bench.Judge.Deselect("too slow");
        Assert.True(bench.Judge.WasSwitchedOff);
        bench.Judge.Enable();
        Assert.False(bench.Judge.WasSwitchedOff);
        bench.Judge.Disable();
        Assert.True(bench.Judge.WasSwitchedOff);
    }
}
