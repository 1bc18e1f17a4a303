namespace OpenEntropy.Health;

/// <summary>The health tests of one source and the state that follows from them. Its owner locks.</summary>
/// <param name="tests">The continuous tests.</param>
/// <param name="state">The state at the start.</param>
/// <param name="reason">Why.</param>
/// <param name="time">Dates failures, and tells how long ago they were.</param>
internal sealed partial class SourceJudge(ContinuousTests tests, SourceState state, string? reason, TimeProvider time)
{
    /// <summary>Long enough for what opens and soon fails again to have failed.</summary>
    private static readonly TimeSpan s_soundAfter = TimeSpan.FromMinutes(1);

    private volatile ContinuousTests _tests = tests;
    private string? _reason = reason;
    private volatile SourceState _state = state;
    private volatile int _trial;
    private long _entered = time.GetTimestamp();

    /// <summary>The state; may be read without the lock.</summary>
    public SourceState State
    {
        get => _state;
        private set
        {
            if (value != _state)
                (Since, _entered) = (time.GetUtcNow(), time.GetTimestamp());
            _state = value;
        }
    }

    /// <summary>When it came into that state.</summary>
    public DateTimeOffset Since { get; private set; } = time.GetUtcNow();

    /// <summary>The number of the start-up test that was asked for last; may be read without the lock.</summary>
    public int Trial => _trial;

    /// <summary>True while it is off after it was on: an operator switched it off, or its speed is not what the selection asked for.</summary>
    public bool WasSwitchedOff { get; private set; }

    /// <summary>Why, in one clause; null when healthy.</summary>
    public string? Reason =>
        State == SourceState.Starting && _tests.Passed > 0
            ? $"start-up test: {_tests.Passed} of {ContinuousTests.StartupSamples} samples passed"
            : _reason;

    /// <summary>Samples that the start-up test still lacks, at least 1; may be read without the lock, and then be of a moment ago.</summary>
    public int Missing => Math.Max(1, ContinuousTests.StartupSamples - _tests.Passed);

    /// <summary>The failures so far.</summary>
    public FailureHistory Failures { get; } = new(time);

    /// <summary>The latest failure since the start; null before the first.</summary>
    public SourceFailure? LastFailure { get; private set; }

    /// <summary>The cutoffs in force.</summary>
    public HealthCutoffs? Cutoffs => _tests.Cutoffs;

    /// <summary>True while a start-up test is to be passed.</summary>
    private bool IsInTrial => State is SourceState.Starting or SourceState.Failed;

    /// <summary>
    /// True once it has proved that it works, and not only that it opens: as many samples as a start-up test has passed, also where one is enough to be
    /// healthy, or it has been healthy for a minute.
    /// </summary>
    public bool IsSound =>
        State == SourceState.Healthy && (_tests.Passed >= ContinuousTests.StartupSamples || time.GetElapsedTime(_entered) >= s_soundAfter);

    /// <summary>True unless the source is off or not there.</summary>
    private bool IsJudged => IsInTrial || State == SourceState.Healthy;

    /// <summary>Tests a batch and draws the consequences.</summary>
    /// <param name="samples">Consecutive, undisturbed samples.</param>
    /// <returns>False when a test fails in it: the batch is not used.</returns>
    public bool Test(ReadOnlySpan<byte> samples)
    {
        var outcome = _tests.Test(samples);
        if (outcome.Failing)
        {
            Alarm(outcome);
            return false;
        }

        if (IsInTrial && _tests.StartupPassed)
            (State, _reason) = (SourceState.Healthy, null);
        return true;
    }

    /// <summary>
    /// Tests a batch that was begun before the start-up test now under way was asked for: it may fail, and counts for nothing.
    /// </summary>
    /// <param name="samples">Consecutive, undisturbed samples.</param>
    /// <returns>False when a test fails in it.</returns>
    public bool TestEarlier(ReadOnlySpan<byte> samples)
    {
        var outcome = _tests.Test(samples);
        if (outcome.Failing)
            Alarm(outcome);
        else
            _tests.RestartStartup();
        return !outcome.Failing;
    }

    /// <summary>Total failure: no samples, or an error in their place.</summary>
    /// <param name="error">What happened, in one clause.</param>
    public void Fail(string error)
    {
        Failures.AddTotalFailure();
        Notice(HealthTestNames.TotalFailure);
        error = Named(error);
        LastFailure = new SourceFailure(time.GetUtcNow(), error);
        if (IsJudged)
            StartTrial(SourceState.Failed, error);
    }

    /// <summary>An operator switches it on, also after a permanent failure. What is on stays as it is, and its failures count on.</summary>
    public void Enable()
    {
        if (State is not (SourceState.Disabled or SourceState.PermanentlyFailed))
            return;
        Failures.Forgive();
        StartTrial(SourceState.Starting, "enabled by the operator");
    }

    /// <summary>It was asked whether the machine has it: where it has, the source starts if it is wanted, and otherwise is off and can be switched on.</summary>
    /// <param name="why">Why it is unavailable; null where it is there.</param>
    /// <param name="wanted">Why it starts now, in one clause; null where it was not selected.</param>
    public void Look(string? why, string? wanted) =>
        (State, _reason) =
            why is not null ? (SourceState.Unavailable, why)
            : wanted is not null ? (SourceState.Starting, wanted)
            : (SourceState.Disabled, "not selected");

    /// <summary>An operator switches it off.</summary>
    public void Disable()
    {
        if (State != SourceState.Unavailable)
            SwitchOff("disabled by the operator");
    }

    /// <summary>It is not what was selected: off, as if it had never been.</summary>
    /// <param name="why">In one clause.</param>
    public void Deselect(string why)
    {
        if (IsJudged)
            SwitchOff(why);
    }

    /// <summary>On-demand test (SP 800-90B, 4.3): nothing is earned until the start-up test has passed again.</summary>
    public void Retest()
    {
        if (IsJudged)
            StartTrial(SourceState.Starting, "tested on demand");
    }

    /// <summary>A lower claim has other cutoffs; the source must pass its start-up test with them. Runs and windows in progress go on.</summary>
    /// <param name="lower">The cutoffs from now on.</param>
    public void Replace(HealthCutoffs lower)
    {
        _tests = new ContinuousTests(lower, _tests);
        if (IsJudged)
            StartTrial(SourceState.Starting, "its claim was lowered");
    }

    private void Alarm(BatchOutcome outcome)
    {
        var repeated = Failures.AddIntermittent(outcome.Repetition, outcome.Proportion);
        if (!IsJudged)
            return;

        var (test, now) = (outcome.Cause, time.GetUtcNow());
        Notice(test!);
        if (outcome.Permanent is not null)
            (State, _reason) = (SourceState.PermanentlyFailed, Named($"{test} failed permanently at {now:u}"));
        else if (repeated)
            (State, _reason) = (
                SourceState.PermanentlyFailed,
                Named($"health tests failed {FailureHistory.PermanentCount} times within an hour, last {test} at {now:u}")
            );
        else
            StartTrial(SourceState.Failed, Named($"{test} failed; {ContinuousTests.StartupSamples} samples must pass again"));

        // The rest of a run or window that was counted before is no further failure.
        if (outcome is { Permanent: not null } or { Repetition: > 0 } or { Proportion: > 0 })
            LastFailure = new SourceFailure(now, _reason!);
    }

    private void SwitchOff(string why)
    {
        StartTrial(SourceState.Disabled, why);
        WasSwitchedOff = true;
    }

    private void StartTrial(SourceState state, string why)
    {
        _trial++;
        WasSwitchedOff = false;
        _tests.RestartStartup();
        (State, _reason) = (state, why);
    }
}
