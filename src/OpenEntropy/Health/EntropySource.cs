using OpenEntropy.Noise;

namespace OpenEntropy.Health;

/// <summary>
/// A noise source with its health tests (SP 800-90B, 2.2): the only way by which samples leave a source. It counts, tests and judges every
/// sample and says what the batch may be used for. <see cref="Take"/> belongs to the harvest thread; everything else to any thread.
/// </summary>
internal sealed class EntropySource : IDisposable
{
    private const int MaximumTurnSamples = 4096;
    private const int FirstTurnSamples = 16;

    private readonly Lock _gate = new();
    private readonly NoiseSourceThread _thread;
    private readonly HealthOptions _options;
    private readonly TimeProvider _time;
    private readonly double _claim;
    private readonly SourceLedger _ledger = new();
    private ContinuousTests _tests;
    private StuckTest _stuck;
    private SourceState _state;
    private string? _reason;
    private double _minEntropy;
    private double? _assessed;
    private int _turnSamples = FirstTurnSamples;

    /// <summary>A source that is not open.</summary>
    /// <param name="noise">The noise source.</param>
    /// <param name="options">The values of α.</param>
    /// <param name="creditVendors">Whether a vendor's generator earns credit.</param>
    /// <param name="selected">Whether it starts enabled.</param>
    /// <param name="time">Dates failures.</param>
    /// <exception cref="EntropyConfigurationException">The claim leads to a test that can never fire.</exception>
    public EntropySource(NoiseSource noise, HealthOptions options, bool creditVendors, bool selected, TimeProvider time)
    {
        Info = noise.Info;
        _options = options;
        _time = time;
        _claim = _minEntropy = EntropyClaim.Of(Info, creditVendors);
        _tests = new ContinuousTests(EntropyClaim.Cutoffs(Info, _claim, options));
        _thread = new NoiseSourceThread(noise, MaximumTurnSamples, time);
        (_state, _reason) =
            noise.WhyUnavailable() is { } why ? (SourceState.Unavailable, why)
            : selected ? (SourceState.Starting, "not started yet")
            : (SourceState.Disabled, "not selected");
    }

    /// <summary>What is fixed about the source.</summary>
    public NoiseSourceInfo Info { get; }

    /// <summary>Its state.</summary>
    public SourceState State
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    /// <summary>H in force, bits per sample; 0: it earns nothing.</summary>
    public double MinEntropy
    {
        get
        {
            lock (_gate)
                return _minEntropy;
        }
    }

    /// <summary>True when it may yet fill blocks: enabled, available, with a claim, and not off for good.</summary>
    public bool MayEarn
    {
        get
        {
            lock (_gate)
                return _minEntropy > 0 && (_state is SourceState.Starting or SourceState.Healthy or SourceState.Failed);
        }
    }

    /// <summary>True when a turn would give something; on the way it opens a source that should be open, and closes one that should not.</summary>
    /// <param name="forRaw">Raw samples are asked for: these are served whatever the source's health.</param>
    public bool CanTakeTurn(bool forRaw)
    {
        var state = State;
        if (state == SourceState.Disabled)
            _thread.Close();
        if (state is SourceState.Unavailable or SourceState.Disabled || (state is SourceState.PermanentlyFailed && !forRaw))
            return false;
        if (_thread.IsReady || _thread.IsOverdue)
            return true;
        _thread.BeginOpen();
        return false;
    }

    /// <summary>One turn: collects, tests, and says what the samples may be used for.</summary>
    /// <param name="target">How long the turn should last; a slow operation may take longer.</param>
    public SourceTurn Take(TimeSpan target)
    {
        var collection = _thread.Collect(_turnSamples);
        lock (_gate)
        {
            var turn = Judge_NeedsLock(collection);
            if (collection.Result == CollectionResult.Collected)
                _turnSamples = NextTurnSamples(collection, target);
            return turn;
        }
    }

    /// <summary>Switches the source on, also after a permanent failure; it must pass its start-up test.</summary>
    public void Enable()
    {
        lock (_gate)
        {
            if (_state is SourceState.Unavailable)
                return;
            _ledger.Failures.Forgive();
            RestartStartup_NeedsLock(SourceState.Starting, "enabled by the operator");
        }
    }

    /// <summary>Switches the source off; the harvest closes its device at its next turn.</summary>
    public void Disable()
    {
        lock (_gate)
        {
            if (_state is SourceState.Unavailable)
                return;
            RestartStartup_NeedsLock(SourceState.Disabled, "disabled by the operator");
        }
    }

    /// <summary>Its samples entered the conditioner and these bits were counted.</summary>
    /// <param name="bits">Credited min-entropy.</param>
    public void AddCredit(double bits)
    {
        lock (_gate)
            _ledger.CreditedBits += bits;
    }

    /// <summary>Its samples were diverted to raw output and earned nothing.</summary>
    /// <param name="samples">How many.</param>
    public void AddDiverted(int samples)
    {
        lock (_gate)
            _ledger.RawSamples += samples;
    }

    /// <summary>On-demand test (SP 800-90B, 4.3): the source earns nothing until it has passed the start-up test again.</summary>
    public void Retest()
    {
        lock (_gate)
        {
            if (_state is SourceState.Healthy or SourceState.Starting or SourceState.Failed)
                RestartStartup_NeedsLock(SourceState.Starting, "tested on demand");
        }
    }

    /// <summary>Takes note of an assessment: under twice the claim it lowers the claim to half of it; nothing ever raises it.</summary>
    /// <param name="bitsPerSample">Assessed min-entropy (SP 800-90B, 6), bits per sample.</param>
    public void Assess(double bitsPerSample)
    {
        lock (_gate)
        {
            _assessed = bitsPerSample;
            var lowered = Math.Min(_minEntropy, bitsPerSample / 2);
            if (lowered >= _minEntropy)
                return;

            // A claim too small for a test that can fire is none.
            var cutoffs = lowered > 0 ? HealthCutoffs.Derive(lowered, _options) : null;
            _minEntropy = cutoffs is { CanFire: true } ? lowered : 0;
            if (_minEntropy > 0)
                _tests = new ContinuousTests(cutoffs);
            RestartStartup_NeedsLock(_state, _reason);
        }
    }

    /// <summary>The source at this moment.</summary>
    public EntropySourceStatus Status()
    {
        lock (_gate)
        {
            var reason = _state is SourceState.Starting or SourceState.Failed ? _thread.OpenError ?? _reason : _reason;
            if (_state == SourceState.Starting && _tests.Passed > 0)
                reason = $"start-up test: {_tests.Passed} of {ContinuousTests.StartupSamples} samples passed";
            return _ledger.Status(Info, _state, reason, _tests.Cutoffs) with
            {
                ClaimedMinEntropy = _minEntropy,
                AssessedMinEntropy = _assessed,
            };
        }
    }

    /// <summary>Closes the source and ends its thread.</summary>
    public void Dispose() => _thread.Dispose();

    private SourceTurn Judge_NeedsLock(Collection collection)
    {
        switch (collection.Result)
        {
            case CollectionResult.NotReady:
                return default;
            case CollectionResult.Hung or CollectionResult.Threw:
                _ledger.Failures.AddTotalFailure();
                Fail_NeedsLock(collection.Error!);
                return new SourceTurn { Failed = true, Elapsed = collection.Elapsed };
        }

        var samples = _thread.Samples(collection.Count);
        _ledger.Collected(samples, collection, _time.GetUtcNow());
        if (collection.Disturbance != Disturbance.None)
            return new SourceTurn { Elapsed = collection.Elapsed };

        var earned = _state == SourceState.Healthy && !collection.Late;
        var outcome = _tests.Test(samples);
        if (outcome.Failing)
        {
            Alarm_NeedsLock(outcome, samples.Length);
            return new SourceTurn
            {
                Raw = samples,
                Failed = true,
                Elapsed = collection.Elapsed,
            };
        }

        Recover_NeedsLock();
        return new SourceTurn
        {
            Raw = samples,
            Usable = _state is SourceState.PermanentlyFailed or SourceState.Disabled ? [] : samples,
            Credit = earned ? Creditable(samples) * _minEntropy : 0,
            Elapsed = collection.Elapsed,
        };
    }

    /// <summary>The samples that are not stuck. Only measured durations are judged so: a generator repeats itself by right.</summary>
    private int Creditable(ReadOnlySpan<byte> samples)
    {
        if (_minEntropy <= 0)
            return 0;
        if (Info.Origin != NoiseOrigin.Measured)
            return samples.Length;

        var moving = 0;
        foreach (var sample in samples)
        {
            if (!_stuck.Next(sample))
                moving++;
        }

        return moving;
    }

    private void Alarm_NeedsLock(BatchOutcome outcome, int samples)
    {
        _ledger.Drop(DropReasons.Health, samples);
        if (_state == SourceState.PermanentlyFailed)
            return;

        var now = _time.GetUtcNow();
        var repeated = _ledger.Failures.AddIntermittent(outcome.Repetition, outcome.Proportion, now);
        var test = outcome.Permanent ?? (outcome.Proportion > 0 ? HealthTestNames.Proportion : HealthTestNames.Repetition);
        if (outcome.Permanent is null && !repeated)
        {
            Fail_NeedsLock($"{test} failed; it must pass {ContinuousTests.StartupSamples} samples again");
            return;
        }

        (_state, _reason) = (
            SourceState.PermanentlyFailed,
            outcome.Permanent is not null
                ? $"{test} failed permanently at {now:u}"
                : $"{FailureHistory.PermanentCount} health-test failures within an hour, the last of {test} at {now:u}"
        );
    }

    private void Fail_NeedsLock(string reason)
    {
        if (_state is SourceState.Starting or SourceState.Healthy or SourceState.Failed)
            RestartStartup_NeedsLock(SourceState.Failed, reason);
    }

    private void RestartStartup_NeedsLock(SourceState state, string? reason)
    {
        _tests.RestartStartup();
        (_state, _reason) = (state, reason);
    }

    private void Recover_NeedsLock()
    {
        if (_state is not (SourceState.Starting or SourceState.Failed))
            return;
        if (!_tests.StartupPassed)
            return;
        (_state, _reason) = (SourceState.Healthy, null);
        _thread.MarkSound();
    }

    private static int NextTurnSamples(Collection collection, TimeSpan target)
    {
        var perSample = collection.Elapsed / collection.Count;
        if (perSample <= TimeSpan.Zero)
            return MaximumTurnSamples;

        // At most doubled, so that one lucky turn does not make the next one long.
        var wanted = Math.Min(target / perSample, collection.Count * 2.0);
        return Math.Clamp((int)wanted, 1, MaximumTurnSamples);
    }
}
