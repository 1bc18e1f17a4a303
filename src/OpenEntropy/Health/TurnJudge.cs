using OpenEntropy.Noise;

namespace OpenEntropy.Health;

/// <summary>What the samples of one turn may be used for, and what they earn. Its owner locks.</summary>
/// <param name="info">The source.</param>
/// <param name="judge">Its health tests and state.</param>
/// <param name="claim">H in force.</param>
/// <param name="ledger">Counts.</param>
/// <param name="speed">Is told of every undisturbed turn.</param>
/// <param name="time">Dates the turn.</param>
internal sealed class TurnJudge(
    NoiseSourceInfo info,
    SourceJudge judge,
    ClaimInForce claim,
    SourceLedger ledger,
    SpeedMeter speed,
    TimeProvider time
)
{
    /// <summary>The resolution below which an elapsed time says nothing.</summary>
    private const double ShortestSeconds = 1e-6;

    private StuckTest _stuck;
    private double _samplesPerSecond = double.PositiveInfinity;

    /// <summary>As measured in the last turn; infinite before the first. May be read without the lock.</summary>
    public double SamplesPerSecond
    {
        get => Volatile.Read(ref _samplesPerSecond);
        private set => Volatile.Write(ref _samplesPerSecond, value);
    }

    /// <summary>Counts and tests every sample of a turn.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="collection">How they came.</param>
    /// <param name="trial">The start-up test that was asked for last when they were begun.</param>
    public SourceTurn Judge(ReadOnlySpan<byte> samples, Collection collection, int trial)
    {
        ledger.Collected(samples, collection, time.GetUtcNow());
        SamplesPerSecond = samples.Length / Math.Max(collection.Elapsed.TotalSeconds, ShortestSeconds);
        if (collection.Disturbance != Disturbance.None)
            return default;

        // What was asked for meanwhile is not shown by what was measured before.
        if (trial != judge.Trial)
        {
            if (!judge.TestEarlier(samples))
                ledger.Drop(DropReasons.Health, samples.Length);
            return new SourceTurn { Raw = samples };
        }

        // What comes only when something happens says nothing of how quickly the source could give it.
        if (!info.MayBeSilent)
            speed.Add(samples.Length, collection.Elapsed);

        // A batch earns only if the source was healthy before it, and if the harvest waited for it, so that nothing else that earns ran beside it.
        var earns = judge.State == SourceState.Healthy && !collection.Late;
        if (!judge.Test(samples))
        {
            ledger.Drop(DropReasons.Health, samples.Length);
            return new SourceTurn { Raw = samples };
        }

        return new SourceTurn
        {
            Raw = samples,
            Usable = judge.State is SourceState.Starting or SourceState.Healthy ? samples : [],
            Credit = earns && claim.MinEntropy > 0 ? Creditable(samples) * claim.MinEntropy : 0,
        };
    }

    /// <summary>The samples that are not stuck. Only measured durations are judged so: a generator repeats itself by right.</summary>
    private int Creditable(ReadOnlySpan<byte> samples) =>
        info.Origin == NoiseOrigin.Measured ? _stuck.CountMoving(samples) : samples.Length;
}
