using OpenEntropy.Noise;

namespace OpenEntropy.Health;

/// <summary>The counts of one source since the start. Its owner locks.</summary>
internal sealed class SourceLedger
{
    private readonly SampleStatistics _statistics = new();
    private readonly CollectionTimes _times = new();
    private readonly SortedDictionary<string, long> _dropped = new(StringComparer.Ordinal)
    {
        [DropReasons.Health] = 0,
        [DropReasons.GarbageCollection] = 0,
        [DropReasons.ClockJump] = 0,
        [DropReasons.Stop] = 0,
    };
    private double _creditedBits;
    private long _samples;
    private TimeSpan _collecting;
    private DateTimeOffset? _lastSuccess;

    /// <summary>Credited min-entropy, bits. It may be read without the lock, by answers that have nothing to do with the source's turns.</summary>
    public double CreditedBits
    {
        get => Volatile.Read(ref _creditedBits);
        set => Volatile.Write(ref _creditedBits, value);
    }

    /// <summary>Samples diverted to raw output.</summary>
    public long RawSamples { get; set; }

    /// <summary>Counts a collection.</summary>
    /// <param name="samples">Its samples.</param>
    /// <param name="collection">How it went.</param>
    /// <param name="now">When.</param>
    public void Collected(ReadOnlySpan<byte> samples, Collection collection, DateTimeOffset now)
    {
        _samples += samples.Length;
        _collecting += collection.Elapsed;
        _lastSuccess = now;
        _statistics.Add(samples);
        if (collection.Disturbance != Disturbance.None)
            Drop(DropReasons.Of(collection.Disturbance), samples.Length);
    }

    /// <summary>Counts how long a collection ran, which of a source that may be silent is not the time in which its samples came.</summary>
    /// <param name="elapsed">How long.</param>
    public void Took(TimeSpan elapsed) => _times.Add(elapsed);

    /// <summary>Counts samples that are not used.</summary>
    /// <param name="reason">Why not.</param>
    /// <param name="samples">How many.</param>
    public void Drop(string reason, int samples) => _dropped[reason] = _dropped.GetValueOrDefault(reason) + samples;

    /// <summary>The counts as a status, the claim left open.</summary>
    /// <param name="info">The source.</param>
    /// <param name="judge">Its state.</param>
    public EntropySourceStatus Status(NoiseSourceInfo info, SourceJudge judge)
    {
        var (shannon, minimum, collision) = _statistics.Entropies();
        return new EntropySourceStatus
        {
            Info = info,
            State = judge.State,
            Reason = judge.Reason,
            WasSwitchedOff = judge.WasSwitchedOff,
            ClaimedMinEntropy = 0,
            Samples = _samples,
            RawSamples = RawSamples,
            CreditedBits = CreditedBits,
            CollectionSeconds = _collecting.TotalSeconds,
            CollectionTimes = _times.Copy(),
            SamplesPerSecond = _collecting > TimeSpan.Zero ? _samples / _collecting.TotalSeconds : 0,
            ShannonEntropy = shannon,
            MostCommonValueEntropy = minimum,
            CollisionEntropy = collision,
            Failures = judge.Failures.Counts(),
            Dropped = new SortedDictionary<string, long>(_dropped, StringComparer.Ordinal),
            FalseAlarmInterval = FalseAlarmInterval(judge.Cutoffs),
            Cutoffs = judge.Cutoffs,
            LastSuccess = _lastSuccess,
            LastFailure = judge.LastFailure,
            Since = judge.Since,
        };
    }

    /// <summary>
    /// α is the repetition count test's probability per sample and the adaptive proportion test's per window of W samples, so the mean time
    /// to a false alarm of a source that has just the claimed entropy is at least 1 / (α · (1 + 1/W) · rate).
    /// </summary>
    private TimeSpan? FalseAlarmInterval(HealthCutoffs? cutoffs)
    {
        if (cutoffs is null || _samples == 0 || _collecting <= TimeSpan.Zero)
            return null;
        var rate = _samples / _collecting.TotalSeconds;
        var seconds = Math.Pow(2, cutoffs.IntermittentAlphaExponent) / (rate * (1 + (1.0 / HealthCutoffs.Window)));
        return seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
    }
}

/// <summary>The reasons for which samples are dropped, as counted and shown.</summary>
internal static class DropReasons
{
    /// <summary>A health test failed in the batch.</summary>
    public const string Health = "health";

    /// <summary>A garbage collection stopped the thread.</summary>
    public const string GarbageCollection = "garbage_collection";

    /// <summary>The clock was set, or the machine resumed.</summary>
    public const string ClockJump = "clock_jump";

    /// <summary>They were made under a drill; shown of sources that had one.</summary>
    public const string Drill = "drill";

    /// <summary>The process or the machine stood still.</summary>
    public const string Stop = "stop";

    /// <summary>The name of a disturbance.</summary>
    /// <param name="disturbance">Not <see cref="Disturbance.None"/>.</param>
    public static string Of(Disturbance disturbance) =>
        disturbance switch
        {
            Disturbance.GarbageCollection => GarbageCollection,
            Disturbance.ClockJump => ClockJump,
            _ => Stop,
        };
}
