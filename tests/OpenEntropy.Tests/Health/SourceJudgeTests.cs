using OpenEntropy.Health;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Health;

public sealed class SourceJudgeTests
{
    private static readonly DateTimeOffset s_now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private long _position;

    [Fact]
    public void Test_Sample1024_CompletesTheStartup()
    {
        var judge = Judge();
        Assert.False(Lively(judge, 1023));
        Assert.Equal(SourceState.Starting, judge.State);
        Assert.Contains("1023 of 1024", judge.Reason, StringComparison.Ordinal);
        Assert.True(Lively(judge, 1));
        Assert.Equal(SourceState.Healthy, judge.State);
        Assert.Null(judge.Reason);
    }

    [Fact]
    public void Test_FailureAtSample1023_StartsTheStartupAgain()
    {
        var judge = Judge();
        Lively(judge, 1023 - 121);
        Assert.False(Stuck(judge, 121));
        Assert.Equal(SourceState.Failed, judge.State);
        Assert.Equal(1, judge.Failures.Counts()["rct"]);

        // The run ends with the first other sample, and from there it takes all 1,024.
        Assert.False(Lively(judge, 1023));
        Assert.Equal(SourceState.Failed, judge.State);
        Assert.True(Lively(judge, 1));
    }

    [Fact]
    public void Test_StuckSource_FailsAtCAndPermanentlyAtItsOwnC()
    {
        var judge = Healthy();
        Assert.True(Stuck(judge, 120));
        Assert.Equal(SourceState.Healthy, judge.State);
        Assert.False(Stuck(judge, 1));
        Assert.Equal(SourceState.Failed, judge.State);
        Stuck(judge, 59);
        Assert.Equal(SourceState.Failed, judge.State);
        Stuck(judge, 1);
        Assert.Equal(SourceState.PermanentlyFailed, judge.State);
        Assert.Contains("rct", judge.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_PermanentFailure_StaysWhateverComes()
    {
        var judge = Healthy();
        Stuck(judge, 181);
        Lively(judge, 10_000);
        Assert.Equal(SourceState.PermanentlyFailed, judge.State);
        judge.Retest();
        judge.Fail("dead");
        Assert.Equal(SourceState.PermanentlyFailed, judge.State);
    }

    [Fact]
    public void Enable_StuckSource_NeverBecomesHealthyAndFailsPermanentlyAgain()
    {
        var judge = Healthy();
        Stuck(judge, 181);
        judge.Enable();
        Assert.Equal(SourceState.Starting, judge.State);
        for (var i = 0; i < 5000; i++)
        {
            Assert.False(Stuck(judge, 1));
            Assert.NotEqual(SourceState.Healthy, judge.State);
        }

        Assert.Equal(SourceState.PermanentlyFailed, judge.State);
    }

    [Fact]
    public void Enable_SourceThatWorksAgain_IsHealthyAfterAWholeStartup()
    {
        var judge = Healthy();
        Stuck(judge, 181);
        judge.Enable();
        Recover(judge);
    }

    [Theory]
    [InlineData(60, SourceState.PermanentlyFailed)]
    [InlineData(61, SourceState.Failed)]
    public void Test_ThirdIntermittentFailure_IsPermanentWithinAnHour(int minutes, SourceState expected)
    {
        var judge = Healthy();
        foreach (var (minute, state) in new[] { (0, SourceState.Failed), (30, SourceState.Failed), (minutes, expected) })
        {
            Stuck(judge, 121, s_now.AddMinutes(minute));
            Assert.Equal(state, judge.State);
            if (state == SourceState.Failed)
                Recover(judge);
        }
    }

    [Fact]
    public void Test_BiasAtTheCutoff_FailsInThatWindowWithoutARun()
    {
        var cutoffs = HealthCutoffs.Derive(1.0 / 3, new HealthOptions());
        var judge = Judge();
        Lively(judge, 1024);

        // Two windows of 512 have passed. A run of at most 11 equal samples, then another: the reference makes up 11/12 of the window.
        var seen = 0;
        for (var i = 0; i < HealthCutoffs.Window && judge.State == SourceState.Healthy; i++)
        {
            byte sample = i % 12 == 11 ? (byte)(100 + (i % 7)) : (byte)1;
            seen += sample == 1 ? 1 : 0;
            judge.Test([sample], s_now, out _);
        }

        Assert.Equal(SourceState.Failed, judge.State);
        Assert.Equal(cutoffs.ProportionIntermittent, seen);
        Assert.Equal((0, 1), (judge.Failures.Counts()["rct"], judge.Failures.Counts()["apt"]));
    }

    [Fact]
    public void Fail_TotalFailure_NeedsANewStartupAndIsNeverPermanent()
    {
        var judge = Healthy();
        for (var i = 0; i < 10; i++)
            judge.Fail("gave nothing");
        Assert.Equal((SourceState.Failed, "gave nothing"), (judge.State, judge.Reason));
        Assert.Equal(10, judge.Failures.Counts()["total_failure"]);
        Recover(judge);
    }

    [Fact]
    public void Retest_HealthySource_EarnsNothingUntilItPassedAgain()
    {
        var judge = Healthy();
        judge.Retest();
        Assert.Equal(SourceState.Starting, judge.State);
        Recover(judge);
    }

    [Fact]
    public void Disable_AnyTest_LeavesItOffUntilEnabled()
    {
        var judge = Healthy();
        judge.Disable();
        Lively(judge, 5000);
        judge.Retest();
        judge.Fail("dead");
        Assert.Equal(SourceState.Disabled, judge.State);
        judge.Enable();
        Recover(judge);
    }

    [Fact]
    public void Enable_UnavailableSource_StaysUnavailable()
    {
        var judge = new SourceJudge(new ContinuousTests(null), SourceState.Unavailable, "not on this machine");
        judge.Enable();
        judge.Disable();
        Assert.Equal((SourceState.Unavailable, "not on this machine"), (judge.State, judge.Reason));
    }

    private static SourceJudge Judge() =>
        new(new ContinuousTests(HealthCutoffs.Derive(1.0 / 3, new HealthOptions())), SourceState.Starting, "not started yet");

    private SourceJudge Healthy()
    {
        var judge = Judge();
        Assert.True(Lively(judge, 1024));
        return judge;
    }

    /// <summary>From a failure, at most the rest of a window still fails; then 1,024 samples make it healthy.</summary>
    private void Recover(SourceJudge judge)
    {
        var samples = 0;
        while (judge.State != SourceState.Healthy && samples <= 1024 + HealthCutoffs.Window)
        {
            Lively(judge, 1);
            samples++;
        }

        Assert.Equal(SourceState.Healthy, judge.State);
        Assert.True(samples >= ContinuousTests.StartupSamples, $"healthy after {samples} samples");
    }

    /// <summary>True when the last of these samples completed a start-up test.</summary>
    private bool Lively(SourceJudge judge, int count)
    {
        var recovered = false;
        for (var i = 0; i < count; i++)
            judge.Test([ScriptedNoiseSource.Lively(_position++)], s_now, out recovered);
        return recovered;
    }

    /// <summary>True when none of these samples failed. The value is one that no lively sample before it had.</summary>
    private static bool Stuck(SourceJudge judge, int count, DateTimeOffset? now = null)
    {
        var passed = true;
        for (var i = 0; i < count; i++)
            passed &= judge.Test([StuckValue], now ?? s_now, out _);
        return passed;
    }

    /// <summary>Checked below not to be the sample before a stuck stretch in these tests.</summary>
    private const byte StuckValue = 77;

    [Fact]
    public void StuckValue_IsNotTheSampleBefore()
    {
        foreach (var position in new long[] { 1023 - 121 - 1, 1023 })
            Assert.NotEqual(StuckValue, ScriptedNoiseSource.Lively(position));
    }
}
