using OpenEntropy.Drills;
using OpenEntropy.Health;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Drills;

public sealed class DrillPatternTests
{
    /// <summary>From the least claim that leaves a cutoff within the window to a full byte.</summary>
    public static TheoryData<double> Claims => [0.125, 0.2, 1.0 / 3, 0.5, 1, 2, 4, 8];

    [Theory]
    [MemberData(nameof(Claims))]
    public void Stick_AnyClaim_IsNoticedAtTheBoundAndNotBefore(double claim)
    {
        var cutoffs = HealthCutoffs.Derive(claim, new HealthOptions());
        var pattern = DrillPattern.Stick(cutoffs);

        var first = FirstAlarm(new ContinuousTests(cutoffs), new SourceExercise(DrillKind.Stick, pattern), before: 0);

        Assert.Equal((pattern.Bound, HealthTestNames.Repetition), first);
    }

    /// <summary>Wherever in its window the test stands when the drill begins.</summary>
    [Theory]
    [MemberData(nameof(Claims))]
    public void Bias_AnyClaimAndAnyPhase_IsNoticedByTheProportionTestWithinTheBound(double claim)
    {
        var cutoffs = HealthCutoffs.Derive(claim, new HealthOptions());
        var pattern = DrillPattern.Bias(cutoffs)!;

        for (var phase = 0; phase < pattern.LetThrough; phase++)
        {
            var (samples, test) = FirstAlarm(new ContinuousTests(cutoffs), new SourceExercise(DrillKind.Bias, pattern), phase);
            Assert.Equal(HealthTestNames.Proportion, test);
            Assert.InRange(samples, 1, pattern.Bound);
        }
    }

    [Fact]
    public void Bias_WeakerByOneStep_IsNotSureToBeNoticed()
    {
        var cutoffs = HealthCutoffs.Derive(1.0 / 3, new HealthOptions());
        var weaker = DrillPattern.Bias(cutoffs)! with { LetThrough = DrillPattern.Bias(cutoffs)!.LetThrough / 2 };

        var (samples, _) = FirstAlarm(new ContinuousTests(cutoffs), new SourceExercise(DrillKind.Bias, weaker), before: 0);

        Assert.Equal(0, samples);
    }

    /// <summary>The drilled sample that made a test fail, counted from 1, and the test; 0 where none did in many windows.</summary>
    private static (int Samples, string? Test) FirstAlarm(ContinuousTests tests, SourceExercise exercise, int before)
    {
        for (var i = 0; i < 20 * HealthCutoffs.Window; i++)
        {
            byte[] sample = [ScriptedNoiseSource.Lively(i)];
            exercise.Replace(sample);
            if (i >= before && tests.Test(sample) is { Failing: true } outcome)
                return (i - before + 1, outcome.Cause);
        }

        return (0, null);
    }
}
