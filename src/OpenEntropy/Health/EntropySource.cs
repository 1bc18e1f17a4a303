using OpenEntropy.Drills;
using OpenEntropy.Noise;

namespace OpenEntropy.Health;

/// <summary>
/// A noise source with its health tests (SP 800-90B, 2.2): the only way by which samples leave a source. It counts and tests every sample
/// and says what the batch may be used for. Turns belong to the harvest thread; everything else to any thread.
/// </summary>
internal sealed partial class EntropySource : IDisposable
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
    private Collection _last;
    private Collection _taken;
    private double _busiest;
    private int _trial;
    private int _longTurns;
    private long _lastCame;
    private bool _isWhole;
    private long? _lastRaw;

    /// <summary>A source that is not open. Whether the machine has it is being asked: <see cref="AwaitLook"/>.</summary>
    /// <param name="noise">The noise source.</param>
    /// <param name="options">The values of α.</param>
    /// <param name="creditVendors">Whether a vendor's generator earns credit.</param>
    /// <param name="selected">Whether it starts enabled.</param>
    /// <param name="time">Dates failures.</param>
    /// <param name="onlyIf">The speed that it must turn out to have to stay enabled; <see cref="SourceSpeed.Unknown"/>: any.</param>
    /// <param name="mayBeDrilled">Whether drills are allowed.</param>
    /// <exception cref="EntropyConfigurationException">The source says of itself what none may, or its claim leads to a test that can never fire.</exception>
    public EntropySource(
        NoiseSource noise,
        HealthOptions options,
        bool creditVendors,
        bool selected,
        TimeProvider time,
        SourceSpeed onlyIf = SourceSpeed.Unknown,
        bool mayBeDrilled = false
    )
    {
        _drilled = mayBeDrilled ? new DrilledNoiseSource(noise) : null;
        Info = noise.Info;
        NoiseSourceCheck.Check(Info);
        _options = options;
        (_time, _made) = (time, time.GetTimestamp());
        _lastCame = _made;
        _speed = new SpeedMeter(onlyIf);
        _platforms = SourcePlatforms.Of(noise.GetType());
        _claim = new ClaimInForce(EntropyClaim.Of(Info, creditVendors));
        _thread = new NoiseSourceThread(_drilled ?? noise, TurnLength.Maximum, time);
        var tests = new ContinuousTests(EntropyClaim.Cutoffs(Info, _claim.MinEntropy, options));
        _judge = new SourceJudge(tests, SourceState.Unavailable, "it is being looked for", time);
        _turns = new TurnJudge(Info, _judge, _claim, _ledger, _speed, time);
        _selected = _wanted = selected;
        _look = new SourceLook(noise, time, OnLooked);
        _look.Begin();
    }

    /// <summary>Raw turns come in between the others; a device is not closed and reopened with each.</summary>
    private bool RawIsAskedFor => _lastRaw is { } last && _time.GetElapsedTime(last) < s_rawLinger;

    /// <summary>True when a turn would give something; on the way it opens a source that should be open, and closes one that should not.</summary>
    /// <param name="forRaw">Raw samples are asked for: these are served whatever the source's health.</param>
    public bool CanTakeTurn(bool forRaw)
    {
        var state = State;
        ReopenAfterDrill();
        if (forRaw)
            _lastRaw = _time.GetTimestamp();
        if (state == SourceState.Disabled || (state == SourceState.PermanentlyFailed && !RawIsAskedFor))
            _thread.Close();
        if (_thread.TakeFailure() is { } failure)
            Fail(failure);
        else if (state == SourceState.Starting && _thread.IsStuck && !IsComingBack)
            Fail("it still hangs");
        if (state is SourceState.Unavailable or SourceState.Disabled || (state is SourceState.PermanentlyFailed && !forRaw))
            return false;
        if (_thread.IsReady || _thread.IsFetchable)
            return true;
        _thread.BeginOpen();
        return false;
    }

    /// <summary>
    /// Begins a turn that nobody waits for; <see cref="Take"/> fetches it, and what it gave then earns nothing. Returns at once.
    /// </summary>
    /// <param name="target">How long the turn should last; a slow operation may take longer.</param>
    /// <param name="atMost">The most samples to take, at least 1.</param>
    /// <returns>False while the source is not ready.</returns>
    public bool TryBegin(TimeSpan target, int atMost = TurnLength.Maximum) => !_thread.IsPending && _thread.TryBegin(Next(target, atMost));

    /// <summary>One turn: collects, tests, and says what the samples may be used for. A turn that has begun is fetched instead.</summary>
    /// <param name="target">How long the turn should last; a slow operation may take longer.</param>
    /// <param name="atMost">The most samples to take, at least 1.</param>
    public SourceTurn Take(TimeSpan target, int atMost = TurnLength.Maximum)
    {
        var collection = _taken = _thread.Collect(_thread.IsPending ? 0 : Next(target, atMost), Patience);
        lock (_gate)
        {
            switch (collection.Result)
            {
                case CollectionResult.NotReady or CollectionResult.Silent:
                    return default;
                case CollectionResult.Hung or CollectionResult.Threw:
                    FailCollection_NeedsLock(collection.Error!);
                    return default;
                default:
                    return Judge_NeedsLock(collection);
            }
        }
    }

    /// <summary>Closes the source and ends its thread.</summary>
    public void Dispose()
    {
        Exercise?.Release();
        _thread.Dispose();
    }

    private int Next(TimeSpan target, int atMost)
    {
        _trial = _judge.Trial;
        var whole =
            _last.Count == 0 ? TurnLength.AfterOpening(_thread.FirstSample, target)
            : IsInTrial ? Math.Min(TurnLength.Next(_last, target, TurnLength.TrialGrowth), _judge.Missing)
            : TurnLength.Next(_last, target);
        _isWhole = atMost >= whole;
        return Math.Min(whole, atMost);
    }

    private SourceTurn Judge_NeedsLock(Collection collection)
    {
        _ledger.Took(collection.Elapsed);

        // A turn that was cut short says nothing of how long a whole one may be.
        if (_isWhole)
            _last = collection;
        if (collection.Elapsed > TimeSpan.Zero)
            _busiest = Math.Min(1, Math.Max(_busiest, collection.Processor / collection.Elapsed));
        if (collection.Disturbance == Disturbance.None)
            _longTurns = collection is { Count: 1 } && collection.Elapsed > s_longestPatience ? Math.Min(_longTurns + 1, TooLongTurns) : 0;
        if (IsOfDrill)
            return JudgeDrilled_NeedsLock(collection);
        if (Info.MayBeSilent)
            (collection, _lastCame) = (collection with { Elapsed = _time.GetElapsedTime(_lastCame) }, _time.GetTimestamp());
        var turn = _turns.Judge(_thread.Samples(collection.Count), collection, _trial);
        if (_judge.IsSound)
            _thread.MarkSound();
        if (_recovers && State == SourceState.Healthy)
            _recovers = false;
        if (_speed.WhyNotSelected is { } why)
            _judge.Deselect(why);
        return turn;
    }

    private void Fail(string error)
    {
        lock (_gate)
            Fail_NeedsLock(error);
    }
}
