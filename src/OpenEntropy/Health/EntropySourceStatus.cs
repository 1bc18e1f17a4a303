using OpenEntropy.Noise;

namespace OpenEntropy.Health;

/// <summary>One entropy source at one moment. It holds no sample.</summary>
public sealed record EntropySourceStatus
{
    /// <summary>What is fixed about the source.</summary>
    public required NoiseSourceInfo Info { get; init; }

    /// <summary>The systems it is made for, in lower case; none: every one that .NET runs on.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = [];

    /// <summary>Its state.</summary>
    public required SourceState State { get; init; }

    /// <summary>When it came into that state, UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Why it is in that state, and why it earns less than its claim where an assessment lowered that; otherwise null.</summary>
    public string? Reason { get; init; }

    /// <summary>True while it is off after it was on.</summary>
    internal bool WasSwitchedOff { get; init; }

    /// <summary>True while one measurement takes so long that the harvest does not wait for it: it earns nothing.</summary>
    internal bool IsTooLong { get; init; }

    /// <summary>H in force, bits per sample: the claim, or less where an assessment lowered it. 0: it earns nothing.</summary>
    public required double ClaimedMinEntropy { get; init; }

    /// <summary>The latest assessment on this machine, bits per sample; null before there is one.</summary>
    public double? AssessedMinEntropy { get; init; }

    /// <summary>The assessment under twice the claim that lowered the claim to what it is now, bits per sample; null where none did.</summary>
    public double? LoweredBy { get; init; }

    /// <summary>Samples collected and tested since the start.</summary>
    public long Samples { get; init; }

    /// <summary>Samples that were diverted to raw output and to recordings; they earned nothing.</summary>
    public long RawSamples { get; init; }

    /// <summary>Credited min-entropy since the start, bits.</summary>
    public double CreditedBits { get; init; }

    /// <summary>Time spent collecting, seconds; of a source that may be silent the time in which its samples came.</summary>
    public double CollectionSeconds { get; init; }

    /// <summary>How long its collections took, each of those that gave samples.</summary>
    internal CollectionTimes CollectionTimes { get; init; } = new();

    /// <summary>
    /// How quickly it gives samples, as measured last: in its start-up test, and again when it is enabled or tested on demand. Never measured where
    /// samples come only when something happens.
    /// </summary>
    public SourceSpeed Speed { get; init; }

    /// <summary>Collecting time of the 1,024 samples of a start-up test, as measured last, seconds; null before.</summary>
    public double? SecondsPerStartup { get; init; }

    /// <summary>Samples per second of time spent collecting, since the start; 0 before the first.</summary>
    public double SamplesPerSecond { get; init; }

    /// <summary>Credited min-entropy per second since the start, whatever share of that time were its turns, bits per second.</summary>
    public double CreditedBitsPerSecond { get; init; }

    /// <summary>Shannon entropy of the latest samples' histogram, bits per sample. For display: credit never uses it.</summary>
    public double ShannonEntropy { get; init; }

    /// <summary>Min-entropy of the most common value among the latest samples, bits per sample. For display: credit never uses it.</summary>
    public double MostCommonValueEntropy { get; init; }

    /// <summary>Rényi entropy of order 2 of the latest samples' histogram, bits per sample. For display: credit never uses it.</summary>
    public double CollisionEntropy { get; init; }

    /// <summary>Failures since the start, by test: <c>rct</c>, <c>apt</c>, <c>total_failure</c>.</summary>
    public required IReadOnlyDictionary<string, long> Failures { get; init; }

    /// <summary>Samples dropped since the start, by reason: <c>health</c>, <c>garbage_collection</c>, <c>clock_jump</c>, <c>stop</c>.</summary>
    public required IReadOnlyDictionary<string, long> Dropped { get; init; }

    /// <summary>Mean time between false alarms at the measured rate of full-time collection; null where no test has cutoffs.</summary>
    public TimeSpan? FalseAlarmInterval { get; init; }

    /// <summary>Cutoffs in force; null where the source is watched for total failure only.</summary>
    public HealthCutoffs? Cutoffs { get; init; }

    /// <summary>When a collection last gave samples; null before the first.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>The latest failure since the start, also where the source recovered from it; null before the first.</summary>
    public SourceFailure? LastFailure { get; init; }

    /// <summary>True when healthy.</summary>
    public bool Healthy => State == SourceState.Healthy;

    /// <summary>True when it is selected and this machine has it: its failure degrades the service.</summary>
    public bool Expected => State is not (SourceState.Unavailable or SourceState.Disabled);
}
