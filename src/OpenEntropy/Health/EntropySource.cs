using OpenEntropy.Noise;

namespace OpenEntropy.Health;

/// <summary>
/// A noise source with its health tests (SP 800-90B, 2.2): the only way by which samples leave a source. It counts and tests every sample
/// and says what the batch may be used for. Turns belong to the harvest thread; everything else to any thread.
/// </summary>
internal sealed class EntropySource : IDisposable
{
    /// <summary>A source that failed for good and that nobody asked raw samples of for so long is closed.</summary>
    private static readonly TimeSpan s_rawLinger = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly NoiseSourceThread _thread;
    private readonly HealthOptions _options;
    private readonly TimeProvider _time;
    private readonly SourceJudge _judge;
    private readonly SourceLedger _ledger = new();
    private readonly ClaimInForce _claim;
    private readonly TurnJudge _turns;
    private readonly SpeedMeter _speed;
    private readonly IReadOnlyList<string> _platforms;
    private readonly long _made;
    private int _turnSamples = TurnLength.First;
    private long? _lastRaw;

    /// <summary>A source that is not open.</summary>
    /// <param name="noise">The noise source.</param>
    /// <param name="options">The values of α.</param>
    /// <param name="creditVendors">Whether a vendor's generator earns credit.</param>
    /// <param name="selected">Whether it starts enabled.</param>
    /// <param name="time">Dates failures.</param>
    /// <param name="onlyIf">The speed that it must turn out to have to stay enabled; <see cref="SourceSpeed.Unknown"/>: any.</param>
    /// <exception cref="EntropyConfigurationException">The source says of itself what none may, or its claim leads to a test that can never fire.</exception>
    public EntropySource(
        NoiseSource noise,
        HealthOptions options,
        bool creditVendors,
        bool selected,
        TimeProvider time,
        SourceSpeed onlyIf = SourceSpeed.Unknown
    )
    {
        Info = noise.Info;
        NoiseSourceCheck.Check(Info);
        _options = options;
        (_time, _made) = (time, time.GetTimestamp());
        _speed = new SpeedMeter(onlyIf);
        _platforms = SourcePlatforms.Of(noise.GetType());
        _claim = new ClaimInForce(EntropyClaim.Of(Info, creditVendors));
        _thread = new NoiseSourceThread(noise, TurnLength.Maximum, time);
        var (state, reason) =
            SourcePlatforms.WhyUnavailable(noise) is { } why ? (SourceState.Unavailable, why)
            : selected ? (SourceState.Starting, "not started yet")
            : (SourceState.Disabled, "not selected");
        _judge = new SourceJudge(new ContinuousTests(EntropyClaim.Cutoffs(Info, _claim.MinEntropy, options)), state, reason, time);
        _turns = new TurnJudge(Info, _judge, _claim, _ledger, _speed, time);
    }

    /// <summary>What is fixed about the source.</summary>
    public NoiseSourceInfo Info { get; }

    /// <summary>Its state.</summary>
    public SourceState State
    {
        get
        {
            lock (_gate)
                return _judge.State;
        }
    }

    /// <summary>H in force, bits per sample; 0: it earns nothing.</summary>
    public double MinEntropy
    {
        get
        {
            lock (_gate)
                return _claim.MinEntropy;
        }
    }

    /// <summary>How quickly it gives samples, as measured last.</summary>
    public SourceSpeed Speed
    {
        get
        {
            lock (_gate)
                return _speed.Speed;
        }
    }

    /// <summary>What it would earn if it had every turn and were healthy, as measured in its last turn; infinite before the first.</summary>
    public double PotentialBitsPerSecond
    {
        get
        {
            lock (_gate)
                return _claim.MinEntropy > 0 ? _claim.MinEntropy * _turns.SamplesPerSecond : 0;
        }
    }

    /// <summary>True when it may yet fill blocks: with a claim, enabled, available, and not off for good.</summary>
    public bool MayEarn => MinEntropy > 0 && State is SourceState.Starting or SourceState.Healthy or SourceState.Failed;

    /// <summary>Raw turns come in between the others; a device is not closed and reopened with each.</summary>
    private bool RawIsAskedFor => _lastRaw is { } last && _time.GetElapsedTime(last) < s_rawLinger;

    /// <summary>True when a turn would give something; on the way it opens a source that should be open, and closes one that should not.</summary>
    /// <param name="forRaw">Raw samples are asked for: these are served whatever the source's health.</param>
    public bool CanTakeTurn(bool forRaw)
    {
        var state = State;
        if (forRaw)
            _lastRaw = _time.GetTimestamp();
        if (state == SourceState.Disabled || (state == SourceState.PermanentlyFailed && !RawIsAskedFor))
            _thread.Close();
        if (state is SourceState.Unavailable or SourceState.Disabled || (state is SourceState.PermanentlyFailed && !forRaw))
            return false;
        if (_thread.TakeOpenFailure() is { } failure)
            Fail(failure);
        if (_thread.IsReady || _thread.IsOverdue)
            return true;
        _thread.BeginOpen();
        return false;
    }

    /// <summary>One turn: collects, tests, and says what the samples may be used for.</summary>
    /// <param name="target">How long the turn should last; a slow operation may take longer.</param>
    /// <param name="atMost">The most samples to take, at least 1.</param>
    public SourceTurn Take(TimeSpan target, int atMost = TurnLength.Maximum)
    {
        var collection = _thread.Collect(Math.Min(_turnSamples, atMost));
        lock (_gate)
        {
            switch (collection.Result)
            {
                case CollectionResult.NotReady:
                    return default;
                case CollectionResult.Hung or CollectionResult.Threw:
                    _judge.Fail(collection.Error!);
                    return default;
                default:
                    // A turn that was cut short says nothing of how long a whole one may be.
                    if (atMost >= _turnSamples)
                        _turnSamples = TurnLength.Next(collection, target);
                    var turn = _turns.Judge(_thread.Samples(collection.Count), collection, out var recovered);
                    if (recovered)
                        _thread.MarkSound();
                    if (_speed.WhyNotSelected is { } why)
                        _judge.Deselect(why);
                    return turn;
            }
        }
    }

    /// <summary>
    /// Switches the source on, also after a permanent failure; it must pass its start-up test. Whatever its speed, the operator's word stands.
    /// </summary>
    public void Enable()
    {
        lock (_gate)
        {
            _speed.Keep();
            _speed.Restart();
            _judge.Enable();
        }
    }

    /// <summary>Switches the source off; the harvest closes its device at its next turn.</summary>
    public void Disable()
    {
        lock (_gate)
            _judge.Disable();
    }

    /// <summary>On-demand test (SP 800-90B, 4.3).</summary>
    public void Retest()
    {
        lock (_gate)
        {
            _speed.Restart();
            _judge.Retest();
        }
    }

    /// <summary>Takes note of an assessment, which may lower the claim and so ask for other tests.</summary>
    /// <param name="bitsPerSample">Assessed min-entropy (SP 800-90B, 6), bits per sample.</param>
    public void Assess(double bitsPerSample)
    {
        lock (_gate)
        {
            if (_claim.Assess(bitsPerSample, _options) is { } cutoffs)
                _judge.Replace(cutoffs);
        }
    }

    /// <summary>True once after an assessment lowered the claim: what the source earned in the open block is to be revoked.</summary>
    public bool TakeLowering() => _claim.TakeLowering();

    /// <summary>Accounts for what became of a turn's samples.</summary>
    /// <param name="credit">Min-entropy with which they entered the conditioner, bits.</param>
    /// <param name="diverted">Samples that went to raw output or to a recording instead and earned nothing.</param>
    public void Account(double credit, int diverted)
    {
        lock (_gate)
        {
            _ledger.CreditedBits += credit;
            _ledger.RawSamples += diverted;
        }
    }

    /// <summary>The source at this moment.</summary>
    public EntropySourceStatus Status()
    {
        lock (_gate)
        {
            var status = _ledger.Status(Info, _judge);
            var reason = status.State is SourceState.Starting or SourceState.Failed ? _thread.OpenError ?? status.Reason : status.Reason;
            return _claim.Complete(
                status with
                {
                    Reason = reason,
                    Platforms = _platforms,
                    Speed = _speed.Speed,
                    SecondsPerStartup = _speed.SecondsPerStartup,
                    CreditedBitsPerSecond = Rate(status.CreditedBits, _time.GetElapsedTime(_made)),
                }
            );
        }
    }

    /// <summary>Closes the source and ends its thread.</summary>
    public void Dispose() => _thread.Dispose();

    private static double Rate(double bits, TimeSpan elapsed) => elapsed > TimeSpan.Zero ? bits / elapsed.TotalSeconds : 0;

    private void Fail(string error)
    {
        lock (_gate)
            _judge.Fail(error);
    }
}
