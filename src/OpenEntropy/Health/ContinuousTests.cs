namespace OpenEntropy.Health;

/// <summary>Both continuous tests over one source's samples, and the start-up test that counts their successes (SP 800-90B, 4.3 and 4.4).</summary>
/// <param name="cutoffs">Null: no cutoff fits this source, every sample passes.</param>
internal sealed class ContinuousTests(HealthCutoffs? cutoffs)
{
    /// <summary>SP 800-90B, 4.3: at least 1,024 consecutive samples before the first use.</summary>
    public const int StartupSamples = 1024;

    private RepetitionCountTest _repetition = new(cutoffs?.RepetitionIntermittent ?? 0, cutoffs?.RepetitionPermanent ?? 0);
    private AdaptiveProportionTest _proportion = new(cutoffs?.ProportionIntermittent ?? 0, cutoffs?.ProportionPermanent ?? 0);

    /// <summary>The tests with the cutoffs of a lower claim; a run and a window in progress go on, so that a stuck source gains nothing.</summary>
    /// <param name="lower">The cutoffs from now on.</param>
    /// <param name="before">The tests until now.</param>
    public ContinuousTests(HealthCutoffs lower, ContinuousTests before)
        : this(lower)
    {
        _repetition = before._repetition.With(lower.RepetitionIntermittent, lower.RepetitionPermanent);
        _proportion = before._proportion.With(lower.ProportionIntermittent, lower.ProportionPermanent);
    }

    /// <summary>The cutoffs in force.</summary>
    public HealthCutoffs? Cutoffs => cutoffs;

    /// <summary>Consecutive samples that passed both tests since the last failure or restart.</summary>
    public int Passed { get; private set; }

    /// <summary>True once enough consecutive samples passed. Where no cutoff fits, any sample at all is enough.</summary>
    public bool StartupPassed => Passed >= (cutoffs is null ? 1 : StartupSamples);

    /// <summary>Asks for a new start-up test; the running counts of both tests stay.</summary>
    public void RestartStartup() => Passed = 0;

    /// <summary>Tests a batch, every sample of it, whatever an earlier one showed.</summary>
    /// <param name="samples">Consecutive samples.</param>
    public BatchOutcome Test(ReadOnlySpan<byte> samples)
    {
        if (cutoffs is null)
        {
            Passed = Math.Min(Passed + samples.Length, StartupSamples);
            return default;
        }

        var outcome = default(BatchOutcome);
        foreach (var sample in samples)
        {
            var repetition = _repetition.Next(sample);
            var proportion = _proportion.Next(sample);
            if (repetition == TestOutcome.Pass && proportion == TestOutcome.Pass)
            {
                if (Passed < StartupSamples)
                    Passed++;
                continue;
            }

            Passed = 0;
            outcome = outcome.With(repetition, proportion, cutoffs);
        }

        return outcome;
    }
}

/// <summary>What the continuous tests said of a batch.</summary>
/// <param name="StillFailing">The name of the test by which the last failing sample was at or past a cutoff; null where none was.</param>
/// <param name="Repetition">Times the repetition count test reached its intermittent cutoff.</param>
/// <param name="Proportion">Times the adaptive proportion test reached its intermittent cutoff.</param>
/// <param name="Permanent">The name of the test that reached its permanent cutoff; null where none did.</param>
internal readonly record struct BatchOutcome(string? StillFailing, int Repetition, int Proportion, string? Permanent)
{
    /// <summary>True when a sample was at or past a cutoff: the batch is not used.</summary>
    public bool Failing => StillFailing is not null;

    /// <summary>The test to name as the cause: one that failed for good before one that fired, and that before one that an earlier batch counted.</summary>
    public string? Cause =>
        Permanent
        ?? (
            Proportion > 0 ? HealthTestNames.Proportion
            : Repetition > 0 ? HealthTestNames.Repetition
            : StillFailing
        );

    /// <summary>The outcome with one more failing sample.</summary>
    public BatchOutcome With(TestOutcome repetition, TestOutcome proportion, HealthCutoffs cutoffs) =>
        new(
            repetition != TestOutcome.Pass ? HealthTestNames.Repetition : HealthTestNames.Proportion,
            Repetition + (repetition == First(cutoffs.RepetitionIntermittent, cutoffs.RepetitionPermanent) ? 1 : 0),
            Proportion + (proportion == First(cutoffs.ProportionIntermittent, cutoffs.ProportionPermanent) ? 1 : 0),
            repetition == TestOutcome.Permanent ? HealthTestNames.Repetition
                : proportion == TestOutcome.Permanent ? HealthTestNames.Proportion
                : Permanent
        );

    /// <summary>What a run or window shows first, once: where both cutoffs are the same, that is the permanent failure.</summary>
    private static TestOutcome First(int intermittent, int permanent) =>
        intermittent < permanent ? TestOutcome.Intermittent : TestOutcome.Permanent;
}

/// <summary>The names under which failures are counted and shown.</summary>
internal static class HealthTestNames
{
    /// <summary>The repetition count test.</summary>
    public const string Repetition = "rct";

    /// <summary>The adaptive proportion test.</summary>
    public const string Proportion = "apt";

    /// <summary>No samples within the deadline.</summary>
    public const string TotalFailure = "total_failure";
}
