using OpenEntropy.Drills;
using OpenEntropy.Health;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Drills;

/// <summary>Drills of one source whose turns are taken by hand: counted in samples, never in seconds.</summary>
public sealed class SourceDrillTests
{
    [Fact]
    public void Stick_IsNoticedWithTheSampleThatTheTheoryGives_AndClearsByItself()
    {
        using var taker = Drillable(new ScriptedNoiseSource("s"));
        var exercise = Begin(taker, DrillKind.Stick, out var pattern);

        taker.Until(() => exercise.Finding is not null);

        Assert.Equal((HealthTestNames.Repetition, (long)pattern.Bound), (exercise.Finding!.Test, exercise.Finding.Samples));
        taker.Until(() => taker.Status.State == SourceState.PermanentlyFailed);
        Assert.Matches("^drill [(]stick[)]: (rct|apt) failed permanently", taker.Status.Reason!);
        Assert.False(taker.Turn(4096));
        taker.Source.EndDrill(exercise);
        Assert.Equal((SourceState.Starting, "a drill has ended"), (taker.Status.State, taker.Status.Reason!));
        taker.Until(() => taker.Status.Healthy);
    }

    [Fact]
    public void Bias_IsNoticedByTheProportionTestWithinTheBound_AndClearsByItself()
    {
        using var taker = Drillable(new ScriptedNoiseSource("s"));
        var exercise = Begin(taker, DrillKind.Bias, out var pattern);

        taker.Until(() => exercise.Finding is not null);

        Assert.Equal(HealthTestNames.Proportion, exercise.Finding!.Test);
        Assert.InRange(exercise.Finding.Samples, 1, pattern.Bound);
        taker.Source.EndDrill(exercise);
        taker.Until(() => taker.Status.Healthy);
    }

    [Fact]
    public void Vanish_IsNoticedAtTheNextCollection_AndTheDeviceIsReopenedAtOnceWhenItIsBack()
    {
        var noise = new ScriptedNoiseSource("s");
        using var taker = Drillable(noise);
        var opened = noise.Opened;
        var exercise = Begin(taker, DrillKind.Vanish, out _);

        taker.Until(() => exercise.Finding is not null);

        Assert.Equal((HealthTestNames.TotalFailure, 0), (exercise.Finding!.Test, exercise.Finding.Samples));
        Assert.Contains("the device is gone", taker.Status.Reason, StringComparison.Ordinal);
        Assert.Equal(opened, noise.Opened);
        taker.Source.EndDrill(exercise);

        // The clock of the pauses between attempts stands still: it is not they that are waited for.
        taker.Until(() => taker.Status.Healthy);
        Assert.StartsWith("drill (vanish): ", taker.Status.LastFailure!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Hang_IsNoticedAtTheDeadline_AndClearsByItself()
    {
        using var taker = Drillable(new ScriptedNoiseSource("s") { Deadline = TimeSpan.FromSeconds(1) });
        var exercise = Begin(taker, DrillKind.Hang, out _);

        taker.Until(() => exercise.Finding is not null);

        Assert.Equal(HealthTestNames.TotalFailure, exercise.Finding!.Test);
        Assert.Equal("drill (hang): gave nothing for 1 s", taker.Status.LastFailure!.Reason);
        taker.Source.EndDrill(exercise);
        taker.Until(() => taker.Status.Healthy);
        Assert.Equal(1, taker.Status.Failures["total_failure"]);
    }

    [Theory]
    [InlineData((int)DrillKind.Stick)]
    [InlineData((int)DrillKind.Bias)]
    public void Drill_OfAnyKind_EarnsNothingAndNothingOfItIsUsed(int kind)
    {
        using var taker = Drillable(new ScriptedNoiseSource("s"));
        taker.Until(() => taker.Credit > 0);
        var (credit, usable, raw) = (taker.Credit, taker.Usable, taker.Raw);
        var exercise = Begin(taker, (DrillKind)kind, out _);

        taker.Until(() => exercise.Tested > 200, forRaw: true);
        taker.Source.EndDrill(exercise);

        Assert.Equal((credit, usable, raw), (taker.Credit, taker.Usable, taker.Raw));
        Assert.True(taker.Status.Dropped["drill"] >= exercise.Tested);
        taker.Until(() => taker.Credit > credit);
    }

    [Fact]
    public void EndDrill_CollectionBegunUnderTheDrill_IsNeitherUsedNorHeldAgainstTheSource()
    {
        using var taker = Drillable(new ScriptedNoiseSource("s"));
        var exercise = Begin(taker, DrillKind.Stick, out _);
        taker.Until(() => taker.Source.CanTakeTurn(forRaw: false) && taker.Source.TryBegin(TimeSpan.FromMilliseconds(1), atMost: 4096));
        taker.Until(() => taker.Source.IsFetchable || !taker.Source.IsCollecting, atMost: 0);

        taker.Source.EndDrill(exercise);
        var turn = taker.Source.Take(TimeSpan.FromMilliseconds(1));

        Assert.Equal((0, 0), (turn.Raw.Length, turn.Usable.Length));
        Assert.Null(exercise.Finding);
        taker.Until(() => taker.Status.Healthy);
        Assert.Equal(0, taker.Status.Failures.Values.Sum());
    }

    /// <summary>The two failures before a drill and the one after it are three within an hour; those of the drill do not count among them.</summary>
    [Fact]
    public void EndDrill_FailuresOfTheDrill_AddUpToNothing()
    {
        var noise = new ScriptedNoiseSource("s");
        using var taker = Drillable(noise);
        FailOnce(taker, noise);
        var exercise = Begin(taker, DrillKind.Bias, out _);
        taker.Until(() => taker.Status.State == SourceState.PermanentlyFailed);
        taker.Source.EndDrill(exercise);
        taker.Until(() => taker.Status.Healthy);

        FailOnce(taker, noise);
        Assert.True(taker.Status.Healthy);
        noise.Override = static _ => 7;
        taker.Until(() => taker.Status.State is SourceState.PermanentlyFailed);
    }

    [Fact]
    public void TryBeginDrill_SourceThatFailedForGood_IsRefusedAndStaysAsItIs()
    {
        var noise = new ScriptedNoiseSource("s");
        using var taker = Drillable(noise);
        noise.Override = static _ => 7;
        taker.Until(() => taker.Status.State == SourceState.PermanentlyFailed);
        var exercise = new SourceExercise(DrillKind.Vanish, null);

        Assert.Contains("failed permanently", taker.Source.TryBeginDrill(exercise), StringComparison.Ordinal);

        taker.Source.EndDrill(exercise);
        Assert.Equal(SourceState.PermanentlyFailed, taker.Status.State);
    }

    [Fact]
    public void EndDrill_SourceThatReallyFailsMeanwhile_FailsAsSoonAsItIsTestedAgain()
    {
        var noise = new ScriptedNoiseSource("s");
        using var taker = Drillable(noise);
        var exercise = Begin(taker, DrillKind.Stick, out _);
        taker.Until(() => exercise.Finding is not null);
        noise.Override = static _ => 7;
        taker.Source.EndDrill(exercise);

        taker.Until(() => taker.Status.State == SourceState.PermanentlyFailed);

        Assert.Matches("^(rct|apt) failed permanently", taker.Status.Reason!);
    }

    [Fact]
    public void EndDrill_SourceSwitchedOffMeanwhile_StaysOff()
    {
        using var taker = Drillable(new ScriptedNoiseSource("s"));
        var exercise = Begin(taker, DrillKind.Stick, out _);
        taker.Source.Disable();

        taker.Source.EndDrill(exercise);

        Assert.Equal(SourceState.Disabled, taker.Status.State);
    }

    [Fact]
    public void TryBeginDrill_WhileAnotherIsOn_IsRefused()
    {
        using var taker = Drillable(new ScriptedNoiseSource("s"));
        var exercise = Begin(taker, DrillKind.Stick, out _);

        Assert.Equal("it has a drill (stick) already", taker.Source.TryBeginDrill(new SourceExercise(DrillKind.Vanish, null)));

        taker.Source.EndDrill(new SourceExercise(DrillKind.Stick, null));
        Assert.Same(exercise, taker.Source.Exercise);
    }

    [Fact]
    public void TryBeginDrill_WhereDrillsAreNotAllowed_Throws()
    {
        using var taker = new TurnTaker(new ScriptedNoiseSource("s"));

        Assert.Throws<InvalidOperationException>(() => taker.Source.TryBeginDrill(new SourceExercise(DrillKind.Stick, null)));
    }

    private static TurnTaker Drillable(ScriptedNoiseSource noise)
    {
        var taker = new TurnTaker(noise, mayBeDrilled: true);
        taker.Until(() => taker.Status.Healthy);
        return taker;
    }

    private static SourceExercise Begin(TurnTaker taker, DrillKind kind, out DrillPattern pattern)
    {
        var cutoffs = taker.Status.Cutoffs!;
        pattern = kind == DrillKind.Bias ? DrillPattern.Bias(cutoffs)! : DrillPattern.Stick(cutoffs);
        var exercise = new SourceExercise(kind, kind is DrillKind.Stick or DrillKind.Bias ? pattern : null);
        Assert.Null(taker.Source.TryBeginDrill(exercise));
        return exercise;
    }

    /// <summary>An intermittent failure: a run past that cutoff and short of the permanent one, then the start-up test.</summary>
    private static void FailOnce(TurnTaker taker, ScriptedNoiseSource noise)
    {
        var (at, failures) = (noise.Position, taker.Status.Failures["rct"]);
        noise.Override = position => position < at + 150 ? (byte)7 : ScriptedNoiseSource.Lively(position);
        taker.Until(() => taker.Status.Failures["rct"] > failures && taker.Status.Healthy, atMost: 32);
    }
}
