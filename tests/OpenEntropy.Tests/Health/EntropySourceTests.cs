using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Health;

/// <summary>A source with its thread, its tests and its account; turns are of one sample where the theory gives an exact number.</summary>
public sealed class EntropySourceTests
{
    [Fact]
    public void Take_StuckFromTheStart_FailsAtExactlyCAndForGoodAtItsPermanentC()
    {
        using var turns = new TurnTaker(new ScriptedNoiseSource("stuck", _ => 9));
        turns.UntilTested(120);
        Assert.Equal(SourceState.Starting, turns.Source.State);
        turns.UntilTested(121);
        Assert.Equal((SourceState.Failed, 1), (turns.Source.State, turns.Status.Failures["rct"]));
        turns.UntilTested(180);
        Assert.Equal(SourceState.Failed, turns.Source.State);
        turns.UntilTested(181);
        Assert.Equal(SourceState.PermanentlyFailed, turns.Source.State);
        Assert.False(turns.Source.CanTakeTurn(forRaw: false));
        Assert.Equal(0, turns.Credit);
        Assert.Equal(61, turns.Status.Dropped["health"]);
    }

    [Fact]
    public void Take_PermanentlyFailed_ServesRawAndNothingElse()
    {
        using var turns = new TurnTaker(new ScriptedNoiseSource("stuck", _ => 9));
        turns.Until(() => turns.Source.State == SourceState.PermanentlyFailed);
        var (usable, raw) = (turns.Usable, turns.Raw);
        turns.Until(() => turns.Raw > raw + 1000, forRaw: true);
        Assert.Equal((usable, 0), (turns.Usable, turns.Credit));
    }

    [Fact]
    public void CanTakeTurn_PermanentlyFailed_ClosesTheDeviceUnlessRawIsAskedFor()
    {
        var noise = new ScriptedNoiseSource("stuck", _ => 9);
        using var turns = new TurnTaker(noise);
        turns.Until(() => turns.Source.State == SourceState.PermanentlyFailed && noise.Closed == 1);

        // Raw demand opens it; the turns for the pool in between leave it open.
        var raw = turns.Raw;
        turns.Until(() => turns.Raw > raw, forRaw: true);
        for (var i = 0; i < 100; i++)
        {
            Assert.False(turns.Turn(1));
            turns.Time.Advance(TimeSpan.FromMilliseconds(90));
        }

        Assert.True(turns.Source.CanTakeTurn(forRaw: true));
        Assert.Equal((2, 1), (noise.Opened, noise.Closed));

        turns.Time.Advance(TimeSpan.FromSeconds(10));
        turns.Until(() => noise.Closed == 2);
    }

    [Fact]
    public void Enable_StillStuck_NeverHealthyAndPermanentAgain()
    {
        using var turns = new TurnTaker(new ScriptedNoiseSource("stuck", _ => 9));
        turns.UntilTested(181);
        turns.Source.Enable();
        turns.Until(
            () =>
            {
                Assert.NotEqual(SourceState.Healthy, turns.Source.State);
                return turns.Source.State == SourceState.PermanentlyFailed;
            },
            atMost: 1
        );
        Assert.Equal(0, turns.Credit);

        // The next window of the proportion test catches it, though the run was counted before.
        Assert.InRange(turns.Tested, 182, 181 + (2 * HealthCutoffs.Window));
    }

    [Fact]
    public void Take_BatchThatCompletesTheStartup_EarnsNothingAndTheNextEarnsItsSamples()
    {
        using var turns = new TurnTaker(new ScriptedNoiseSource("s", Climbing));
        turns.Until(() => turns.Source.State == SourceState.Healthy, atMost: 100);
        Assert.InRange(turns.Tested, 1024, 1123);
        Assert.Equal(0, turns.Credit);
        Assert.Equal(turns.Tested, turns.Usable);

        var before = turns.Tested;
        turns.Until(() => turns.Tested > before + 500, atMost: 100);

        // The stuck test has no past to compare the very first sample with; at most that one is stuck.
        Assert.InRange(turns.Credit * 3, turns.Tested - before - 1.001, turns.Tested - before + 0.001);
    }

    [Fact]
    public void Take_FailedSourceInItsTrial_IsNotUsed()
    {
        var noise = new ScriptedNoiseSource("s") { Override = _ => 9 };
        using var turns = new TurnTaker(noise);
        turns.UntilTested(121);
        noise.Override = null;
        var usable = turns.Usable;
        turns.UntilTested(121 + 900);
        Assert.Equal((SourceState.Failed, usable), (turns.Source.State, turns.Usable));
        turns.Until(() => turns.Source.State == SourceState.Healthy, atMost: 1);
        Assert.Equal(usable + 1, turns.Usable);
        Assert.Equal(0, turns.Credit);
    }

    [Fact]
    public void Take_PeriodicSource_EarnsNothingWhereItsSecondOrThirdDifferenceIsZero()
    {
        // 0, 85, 170, 255 … is a straight line of bytes: the entropy tests see four values, the stuck test sees no movement.
        using var turns = new TurnTaker(new ScriptedNoiseSource("periodic", position => (byte)(position * 85)));
        turns.Until(() => turns.Source.State == SourceState.Healthy);
        var tested = turns.Tested;
        turns.Until(() => turns.Tested > tested + 10_000);
        Assert.InRange(turns.Credit, 0, 2.0 / 3);
    }

    [Theory]
    [InlineData(NoiseOrigin.Counter)]
    [InlineData(NoiseOrigin.OperatingSystem)]
    [InlineData(NoiseOrigin.Vendor)]
    public void Take_OriginThatIsNeverCredited_IsMixedAtZero(NoiseOrigin origin)
    {
        using var turns = new TurnTaker(new ScriptedNoiseSource("s") { Origin = origin, TestEntropy = 1 });
        turns.Until(() => turns.Tested > 5000);
        Assert.Equal((SourceState.Healthy, 0d), (turns.Source.State, turns.Credit));
        Assert.Equal(turns.Tested, turns.Usable);
        Assert.False(turns.Source.MayEarn);
    }

    [Fact]
    public void Take_CreditedVendor_EarnsForEverySample()
    {
        using var turns = new TurnTaker(
            new ScriptedNoiseSource("s", p => (byte)(p * 85)) { Origin = NoiseOrigin.Vendor },
            creditVendors: true
        );
        turns.Until(() => turns.Source.State == SourceState.Healthy);
        var tested = turns.Tested;
        turns.Until(() => turns.Tested > tested + 3000);
        Assert.Equal((turns.Tested - tested) / 3.0, turns.Credit, 6);
    }

    [Fact]
    public void Disable_RunningSource_ClosesItAndEnableOpensItAgain()
    {
        var noise = new ScriptedNoiseSource("s");
        using var turns = new TurnTaker(noise);
        turns.Until(() => turns.Source.State == SourceState.Healthy);
        turns.Source.Disable();
        turns.Until(() => noise.Closed == 1);
        Assert.Equal(SourceState.Disabled, turns.Source.State);
        turns.Source.Enable();
        turns.Until(() => turns.Source.State == SourceState.Healthy);
        Assert.Equal(2, noise.Opened);
        Assert.Equal(0, turns.Status.Failures["total_failure"]);
    }

    [Fact]
    public void Take_TwoSlowThenFast_AdaptsTheTurnLength()
    {
        var noise = new ScriptedNoiseSource("s");
        using var turns = new TurnTaker(noise);
        var longest = 0L;
        turns.Until(() =>
        {
            var before = turns.Status.Samples;
            turns.Turn(4096);
            longest = Math.Max(longest, turns.Status.Samples - before);
            return longest > 1000;
        });
        Assert.InRange(longest, 1001, TurnLength.Maximum);
    }

    /// <summary>Steps of 3 and 5 in turn, never on 0: no sample is stuck.</summary>
    private static byte Climbing(long position) => (byte)((position / 2 * 8) + (position % 2 == 0 ? 1 : 4));

    [Theory]
    [InlineData("retested")]
    [InlineData("claim lowered")]
    public void Take_BegunBeforeTheTestWasAskedFor_CountsForNothing(string why)
    {
        using var turns = new TurnTaker(new ScriptedNoiseSource("s"));
        turns.Until(() => turns.Source.State == SourceState.Healthy);

        // A batch that this machine disturbed shows nothing: until one was tested.
        var assessed = 0.6;
        for (var tested = turns.Tested; turns.Tested == tested; )
        {
            Assert.True(SpinWait.SpinUntil(() => turns.Source.CanTakeTurn(forRaw: false), TimeSpan.FromSeconds(20)));
            Assert.True(turns.Source.TryBegin(TimeSpan.FromMilliseconds(1), 100));
            if (why == "retested")
                turns.Source.Retest();
            else
                turns.Source.Assess(assessed -= 0.01);
            Assert.True(SpinWait.SpinUntil(() => turns.Source.IsFetchable, TimeSpan.FromSeconds(20)));
            Assert.Equal(0, turns.Source.Take(TimeSpan.FromMilliseconds(1)).Usable.Length);
        }

        Assert.StartsWith(why == "retested" ? "tested on demand" : "its claim was lowered", turns.Status.Reason, StringComparison.Ordinal);
        turns.Until(() => turns.Source.State == SourceState.Healthy);
    }

    [Fact]
    public void Enable_LookingTakesItsTime_HoldsUpNobody()
    {
        var noise = new ScriptedNoiseSource("s") { Unavailable = "there is no /dev/s" };
        using var turns = new TurnTaker(noise);
        var asked = false;
        noise.Looked = () =>
        {
            var other = new Thread(() => _ = turns.Status) { IsBackground = true };
            other.Start();
            asked = other.Join(TimeSpan.FromSeconds(20));
        };
        turns.Source.Enable();
        Assert.True(asked);
    }
}
