using OpenEntropy.Health;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Health;

/// <summary>The two tests sample by sample, at H = 1/3: RCT 121 and 181, APT as derived.</summary>
public sealed class ContinuousTestsTests
{
    private static readonly HealthCutoffs s_cutoffs = HealthCutoffs.Derive(1.0 / 3, new HealthOptions());

    [Fact]
    public void RepetitionCountTest_OneValueForEver_FiresAtExactlyBothCutoffs()
    {
        var test = new RepetitionCountTest(121, 181);
        for (var count = 1; count <= 1000; count++)
        {
            var expected = count switch
            {
                < 121 => TestOutcome.Pass,
                121 => TestOutcome.Intermittent,
                181 => TestOutcome.Permanent,
                _ => TestOutcome.StillFailing,
            };
            Assert.Equal((count, expected), (count, test.Next(0)));
        }
    }

    [Fact]
    public void RepetitionCountTest_RunOneShortOfTheCutoff_NeverFires()
    {
        var test = new RepetitionCountTest(121, 181);
        for (var i = 0; i < 120 * 100; i++)
            Assert.Equal(TestOutcome.Pass, test.Next((byte)(i / 120)));
    }

    [Fact]
    public void AdaptiveProportionTest_ShareOneBelowTheCutoff_PassesAndAtItFires()
    {
        var below = new AdaptiveProportionTest(s_cutoffs.ProportionIntermittent, s_cutoffs.ProportionPermanent);
        var at = below;
        for (var i = 0; i < HealthCutoffs.Window * 4; i++)
        {
            var position = i % HealthCutoffs.Window;
            Assert.Equal(TestOutcome.Pass, below.Next((byte)(position < s_cutoffs.ProportionIntermittent - 1 ? 7 : 8)));

            var expected =
                position < s_cutoffs.ProportionIntermittent - 1 ? TestOutcome.Pass
                : position == s_cutoffs.ProportionIntermittent - 1 ? TestOutcome.Intermittent
                : TestOutcome.StillFailing;
            Assert.Equal((i, expected), (i, at.Next((byte)(position < s_cutoffs.ProportionIntermittent ? 7 : 8))));
        }
    }

    [Fact]
    public void AdaptiveProportionTest_OneValueForEver_FiresPermanentlyInEachWindow()
    {
        var test = new AdaptiveProportionTest(s_cutoffs.ProportionIntermittent, s_cutoffs.ProportionPermanent);
        for (var i = 0; i < HealthCutoffs.Window * 3; i++)
        {
            var permanent = i % HealthCutoffs.Window == s_cutoffs.ProportionPermanent - 1;
            Assert.Equal((i, permanent), (i, test.Next(0) == TestOutcome.Permanent));
        }
    }

    [Fact]
    public void AdaptiveProportionTest_ReferenceIsTheWindowsFirstSample_NotAnyOther()
    {
        // 1 in 512 samples is 9, always the first of a window; the rest are equal, yet no window's reference.
        var test = new AdaptiveProportionTest(s_cutoffs.ProportionIntermittent, s_cutoffs.ProportionPermanent);
        for (var i = 0; i < HealthCutoffs.Window * 3; i++)
            Assert.Equal(TestOutcome.Pass, test.Next((byte)(i % HealthCutoffs.Window == 0 ? 9 : 1)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(4096)]
    public void Test_BatchesOfAnyLength_SeeTheSameFailures(int batch)
    {
        // A batch boundary neither cuts a window nor a run: four stuck stretches in a lively stream.
        var stream = new byte[8192];
        for (var i = 0; i < stream.Length; i++)
            stream[i] = i % 2500 is > 300 and < 430 ? (byte)5 : ScriptedNoiseSource.Lively(i);

        var whole = new ContinuousTests(s_cutoffs).Test(stream);
        var tests = new ContinuousTests(s_cutoffs);
        int repetition = 0,
            proportion = 0;
        for (var offset = 0; offset < stream.Length; offset += batch)
        {
            var outcome = tests.Test(stream.AsSpan(offset, Math.Min(batch, stream.Length - offset)));
            repetition += outcome.Repetition;
            proportion += outcome.Proportion;
        }

        Assert.Equal(4, whole.Repetition);
        Assert.Equal((whole.Repetition, whole.Proportion), (repetition, proportion));
    }

    [Fact]
    public void StartupPassed_After1024ConsecutivePasses_AndNotOneEarlier()
    {
        var tests = new ContinuousTests(s_cutoffs);
        Feed(tests, 0, ContinuousTests.StartupSamples - 1);
        Assert.False(tests.StartupPassed);
        Feed(tests, ContinuousTests.StartupSamples - 1, 1);
        Assert.True(tests.StartupPassed);
        Assert.Equal(1024, ContinuousTests.StartupSamples);
    }

    [Fact]
    public void RestartStartup_InTheMiddleOfARun_DoesNotForgetTheRun()
    {
        var tests = new ContinuousTests(s_cutoffs);
        for (var i = 0; i < 120; i++)
            Assert.False(tests.Test([3]).Failing);
        tests.RestartStartup();
        Assert.Equal(1, tests.Test([3]).Repetition);
    }

    [Fact]
    public void Test_WithoutCutoffs_PassesAnythingAndStartsWithOneSample()
    {
        var tests = new ContinuousTests(cutoffs: null);
        Assert.False(tests.StartupPassed);
        Assert.False(tests.Test(new byte[100_000]).Failing);
        Assert.True(tests.StartupPassed);
    }

    [Fact]
    public void Test_BothCutoffsTheSame_CountsTheFailureOnce()
    {
        var cutoffs = s_cutoffs with { RepetitionIntermittent = 6, RepetitionPermanent = 6 };
        var outcome = new ContinuousTests(cutoffs).Test(new byte[8]);
        Assert.Equal((1, HealthTestNames.Repetition), (outcome.Repetition, outcome.Permanent));
    }

    private static void Feed(ContinuousTests tests, long from, int count)
    {
        for (var i = 0; i < count; i++)
            Assert.False(tests.Test([ScriptedNoiseSource.Lively(from + i)]).Failing);
    }
}
