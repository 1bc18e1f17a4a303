using OpenEntropy.Health;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Health;

/// <summary>A judge at H = 1/3 (RCT 121 and 181), fed by hand under a clock moved by hand.</summary>
internal sealed class JudgeBench
{
    /// <summary>What stuck stretches consist of; <see cref="SourceJudgeTests"/> checks that the samples before them are others.</summary>
    public const byte StuckValue = 77;

    private long _position;

    public JudgeBench() =>
        Judge = new(new ContinuousTests(HealthCutoffs.Derive(1.0 / 3, new HealthOptions())), SourceState.Starting, "not started yet", Time);

    public ManualTimeProvider Time { get; } = new();

    public SourceJudge Judge { get; }

    public SourceState State => Judge.State;

    public static JudgeBench Healthy()
    {
        var bench = new JudgeBench();
        Assert.True(bench.Lively(1024));
        return bench;
    }

    /// <summary>From a failure, at most the rest of a window still fails; then 1,024 samples make it healthy.</summary>
    public void Recover()
    {
        var samples = 0;
        while (State != SourceState.Healthy && samples <= 1024 + HealthCutoffs.Window)
        {
            Lively(1);
            samples++;
        }

        Assert.Equal(SourceState.Healthy, State);
        Assert.True(samples >= ContinuousTests.StartupSamples, $"healthy after {samples} samples");
    }

    /// <summary>True when the last of these samples completed a start-up test.</summary>
    public bool Lively(int count)
    {
        var recovered = false;
        for (var i = 0; i < count; i++)
        {
            var before = State;
            _ = Judge.Test([ScriptedNoiseSource.Lively(_position++)]);
            recovered = before != State && State == SourceState.Healthy;
        }

        return recovered;
    }

    /// <summary>True when none of these samples failed. The value is one that no lively sample before it had.</summary>
    public bool Stuck(int count)
    {
        var passed = true;
        for (var i = 0; i < count; i++)
            passed &= Judge.Test([StuckValue]);
        return passed;
    }
}
