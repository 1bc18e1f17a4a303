using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Noise;

/// <summary>Sources that fail otherwise than by their samples: what the thread and the session make of it.</summary>
public sealed class NoiseSourceThreadTests
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(40);

    /// <summary>Bounds a wait for another thread; no expectation depends on it.</summary>
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(20);

    [Fact]
    public void Collect_Throwing_IsATotalFailureAndReopensAfterDoublingPauses()
    {
        var noise = new ScriptedNoiseSource("s");
        using var turns = new TurnTaker(noise);
        turns.Until(() => turns.Tested > 0);
        noise.Failure = new NoiseSourceException("the device is gone");

        // Each opening fails for want of a first sample: 1, 2, 4 … s, at most 5 min.
        var opened = 1;
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300 })
        {
            turns.Until(() => turns.Time.PendingTimers == 1 && turns.Status.Failures["total_failure"] == opened);
            Assert.Equal(SourceState.Failed, turns.Source.State);
            Assert.Equal($"the device is gone; next attempt in {seconds} s", turns.Status.Reason);
            turns.Time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
            Assert.Equal((opened, opened), (noise.Opened, noise.Closed));
            turns.Time.Advance(TimeSpan.FromTicks(1));
            opened++;
            turns.Until(() => noise.Closed == opened);
        }

        turns.Until(() => turns.Time.PendingTimers == 1 && turns.Status.Failures["total_failure"] == opened);
        noise.Failure = null;
        turns.Time.Advance(TimeSpan.FromMinutes(5));
        turns.Until(() => turns.Source.State == SourceState.Healthy);
        Assert.Equal(0, turns.Credit);
        Assert.Equal(12, turns.Status.Failures["total_failure"]);
    }

    [Fact]
    public void Collect_FailingAgainAfterEachOpening_DoublesThePauseAndStartsSmallOnceSound()
    {
        var noise = new ScriptedNoiseSource("s") { AtMost = 1 }; // far from sound after the few turns between two failures
        using var turns = new TurnTaker(noise);
        foreach (var seconds in new[] { 1, 2, 4 })
            BreakAndReopen(noise, turns, seconds);
        noise.AtMost = int.MaxValue;
        turns.Until(() => turns.Source.State == SourceState.Healthy);
        BreakAndReopen(noise, turns, 1);
    }

    [LinuxFact]
    public void Open_SourceThatAsksForALargeStack_RunsOnOne()
    {
        var noise = new StackSource(8 * 1024 * 1024);
        using var turns = new TurnTaker(noise);
        turns.Until(() => noise.Found > 0);
        Assert.InRange(noise.Found, noise.Info.StackBytes, long.MaxValue);
    }

    [Fact]
    public void Open_Failing_IsATotalFailureFromTheStart()
    {
        var noise = new ScriptedNoiseSource("s") { OpenFailure = new NoiseSourceException("no such device") };
        using var turns = new TurnTaker(noise);
        turns.Until(() => turns.Source.State == SourceState.Failed && turns.Time.PendingTimers == 1);
        Assert.Equal("no such device; next attempt in 1 s", turns.Status.Reason);
        Assert.Equal(1, turns.Status.Failures["total_failure"]);
        noise.OpenFailure = null;
        turns.Time.Advance(TimeSpan.FromSeconds(1));
        turns.Until(() => turns.Source.State == SourceState.Healthy);
        Assert.Equal((2, 1), (noise.Opened, noise.Closed));
    }

    [Fact]
    public void Open_ThrowingACancellationOfItsOwn_PausesAsAfterAnyFailure()
    {
        var noise = new ScriptedNoiseSource("s") { OpenFailure = new TaskCanceledException("timed out") };
        using var turns = new TurnTaker(noise);
        turns.Until(() => turns.Time.PendingTimers == 1);
        Assert.Equal("timed out; next attempt in 1 s", turns.Status.Reason);
        Assert.Equal(1, noise.Opened);
    }

    [Fact]
    public void Open_Hanging_IsATotalFailureToldOnce()
    {
        using var hang = new ManualResetEventSlim();
        var noise = new ScriptedNoiseSource("s") { Deadline = TimeSpan.FromMilliseconds(4), OpenHang = hang };
        using var turns = new TurnTaker(noise);
        turns.Until(() => turns.Source.State == SourceState.Failed);
        for (var i = 0; i < 1000; i++)
            Assert.False(turns.Turn(1));
        Assert.Equal((1, "did not open within 0.02 s"), (turns.Status.Failures["total_failure"], turns.Status.Reason));
        hang.Set();
        turns.Until(() =>
        {
            turns.Time.Advance(TimeSpan.FromSeconds(1)); // on a busy machine a first sample can miss so short a deadline
            return turns.Tested > 0;
        });
    }

    [Fact]
    public void Dispose_WhileAnOpeningIsUnderWayThatThenFails_EndsTheThreadQuietly()
    {
        using var hang = new ManualResetEventSlim();
        var noise = new ScriptedNoiseSource("s")
        {
            OpenHang = hang,
            OpenFailure = new NoiseSourceException("gone"),
            Deadline = s_short,
        };
        var turns = new TurnTaker(noise);
        turns.Until(() => noise.Opened == 1);
        turns.Dispose();
        hang.Set();

        // An exception that left the thread would end the process; a further attempt would open it again.
        Assert.True(SpinWait.SpinUntil(() => noise.Closed == 1, TimeSpan.FromSeconds(20)));
        turns.Dispose();
        Assert.Equal((1, 0), (noise.Opened, turns.Time.PendingTimers));
    }

    [Fact]
    public void Dispose_RightAfterTheFirstTurn_LeavesNoAttemptBehind()
    {
        for (var i = 0; i < 200; i++)
        {
            var noise = new ScriptedNoiseSource("s") { OpenFailure = new NoiseSourceException("gone") };
            var turns = new TurnTaker(noise);
            turns.Turn(1);
            turns.Dispose();
            Assert.Equal(0, turns.Time.PendingTimers);
            Assert.Equal(noise.Opened, noise.Closed);
        }
    }

    [Theory]
    [InlineData(0, "gave no sample")]
    [InlineData(-1, "gave no sample")]
    [InlineData(4097, "says it wrote 4097 samples where ")]
    public void Collect_CountThatCannotBe_IsATotalFailure(int count, string reason)
    {
        var noise = new ScriptedNoiseSource("s");
        using var turns = new TurnTaker(noise);
        turns.Until(() => turns.Source.CanTakeTurn(forRaw: false));
        var (samples, usable) = (turns.Status.Samples, turns.Usable);
        noise.Count = count;
        turns.Turn(4096);
        Assert.Equal((SourceState.Failed, samples, usable), (turns.Source.State, turns.Status.Samples, turns.Usable));
        turns.Until(() => turns.Time.PendingTimers == 1);
        Assert.StartsWith(reason, turns.Status.Reason, StringComparison.Ordinal);
    }

    private static void BreakAndReopen(ScriptedNoiseSource noise, TurnTaker turns, int seconds)
    {
        turns.Until(() => turns.Source.CanTakeTurn(forRaw: false));
        noise.Failure = new NoiseSourceException("broken");
        turns.Until(() => turns.Time.PendingTimers == 1);
        Assert.Equal($"broken; next attempt in {seconds} s", turns.Status.Reason);
        noise.Failure = null;
        var opened = noise.Opened;
        turns.Time.Advance(TimeSpan.FromSeconds(seconds));
        turns.Until(() => noise.Opened > opened && turns.Source.CanTakeTurn(forRaw: false));
    }

    [Fact]
    public void BeginOpen_FailureNotFetchedYet_LeavesItToBeFetched()
    {
        var noise = new ScriptedNoiseSource("s");
        using var thread = Opened(noise);
        noise.Failure = new NoiseSourceException("gone");
        Assert.True(thread.TryBegin(1));
        Assert.True(SpinWait.SpinUntil(() => thread.IsFetchable, s_bound));
        Assert.False(thread.IsClosed);
        thread.BeginOpen();
        var result = thread.Collect(0, TimeSpan.Zero);
        Assert.Equal((CollectionResult.Threw, "gone"), (result.Result, result.Error));
    }

    [Fact]
    public void Close_AfterACollection_LeavesNoSampleInMemory()
    {
        using var thread = Opened(new ScriptedNoiseSource("s", _ => 7));
        Assert.True(thread.TryBegin(16));
        Assert.True(SpinWait.SpinUntil(() => thread.IsFetchable, s_bound));
        Assert.Equal(16, thread.Collect(0, TimeSpan.Zero).Count);
        Assert.Equal(16, thread.Samples(16).Count((byte)7));
        thread.Close();
        Assert.True(SpinWait.SpinUntil(() => thread.IsClosed, s_bound));
        Assert.Equal(16, thread.Samples(16).Count((byte)0));
    }

    private static NoiseSourceThread Opened(ScriptedNoiseSource noise)
    {
        var thread = new NoiseSourceThread(noise, TurnLength.Maximum, new ManualTimeProvider());
        thread.BeginOpen();
        Assert.True(SpinWait.SpinUntil(() => thread.IsReady, s_bound));
        return thread;
    }
}
