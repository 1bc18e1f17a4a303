using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Server.Assessment;
using OpenEntropy.Server.Health;

namespace OpenEntropy.Server.Sources;

/// <summary>One entropy source in the answers of <c>/sources</c>. Entropies are in bits per 8-bit sample.</summary>
internal sealed record SourceBody
{
    // What an unmarked source uses is in .NET itself; these are the systems the service is made for.
    private static readonly string[] s_everywhere = ["linux", "macos", "windows"];

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The part of the machine the phenomenon belongs to.</summary>
    public required string Category { get; init; }

    /// <summary>True when its state is <c>healthy</c>.</summary>
    public required bool Healthy { get; init; }

    /// <summary><c>unavailable</c>, <c>disabled</c>, <c>starting</c>, <c>healthy</c>, <c>failed</c> or <c>permanently_failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>When it came into that state.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Why it is in that state, and why it earns less than its claim where an assessment lowered that; otherwise null.</summary>
    public required string? Reason { get; init; }

    /// <summary>Samples collected and tested, bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Shannon entropy of the latest samples. For display.</summary>
    public required double Entropy { get; init; }

    /// <summary>Min-entropy of the most common value among the latest samples. For display.</summary>
    public required double MinEntropy { get; init; }

    /// <summary>Collision entropy of the latest samples. For display.</summary>
    public required double CollisionEntropy { get; init; }

    /// <summary>H in force: what a sample earns. 0: nothing.</summary>
    public required double ClaimedMinEntropy { get; init; }

    /// <summary>The assessment under twice the claim that lowered it to what it is now; null where none did.</summary>
    public required double? LoweredBy { get; init; }

    /// <summary>The latest assessment on this machine; null before there is one.</summary>
    public required double? AssessedMinEntropy { get; init; }

    /// <summary>Samples that assessment rests on; null where it is not known.</summary>
    public required int? AssessedSamples { get; init; }

    /// <summary>When that assessment was done.</summary>
    public required DateTimeOffset? AssessedAt { get; init; }

    /// <summary>Assessments ever done on this machine.</summary>
    public required long Assessments { get; init; }

    /// <summary>The lowest of them.</summary>
    public required double? AssessedMinimum { get; init; }

    /// <summary>Samples the lowest rests on; null where it is so old that it is kept no more.</summary>
    public required int? AssessedMinimumSamples { get; init; }

    /// <summary>The 5th percentile of the latest; null while there are fewer than ten.</summary>
    public required double? AssessedP5 { get; init; }

    /// <summary>Time spent collecting, seconds.</summary>
    public required double Time { get; init; }

    /// <summary>Failures of all tests.</summary>
    public required long Failures { get; init; }

    /// <summary>Failures by test.</summary>
    public required IReadOnlyDictionary<string, long> FailuresByTest { get; init; }

    /// <summary>Samples dropped, bytes, by reason.</summary>
    public required IReadOnlyDictionary<string, long> DroppedBytes { get; init; }

    /// <summary>Samples diverted to raw output and to recordings, bytes; they earned nothing.</summary>
    public required long RawBytes { get; init; }

    /// <summary>Credited min-entropy, bits.</summary>
    public required double CreditedBits { get; init; }

    /// <summary>Mean time between false alarms at the measured rate, seconds; null where no test has cutoffs.</summary>
    public required double? FalseAlarmIntervalSeconds { get; init; }

    /// <summary>Cutoffs in force; null where the source is watched for total failure only.</summary>
    public required CutoffsBody? Cutoffs { get; init; }

    /// <summary>
    /// The group of sources that were found to go together and share one credit, so that together they earn what one would; null for none.
    /// </summary>
    public required string? SharesCredit { get; init; }

    /// <summary>When a collection last gave samples; null before the first.</summary>
    public required DateTimeOffset? LastSuccess { get; init; }

    /// <summary>The latest failure since the start of the service, also where it recovered; null before the first.</summary>
    public required FailureBody? LastFailure { get; init; }

    /// <summary>Where its unpredictability is said to come from: <c>measured</c>, <c>counter</c>, <c>operating_system</c> or <c>vendor</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>
    /// True when it was measured to collect 1,024 samples in less than half a second, as the selection <c>fast</c> asks; null before it was measured.
    /// </summary>
    public required bool? Fast { get; init; }

    /// <summary>Time collecting 1,024 samples takes, as measured last, seconds; null before.</summary>
    public required double? StartupSeconds { get; init; }

    /// <summary>Samples per second of time spent collecting; 0 before the first.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>Credited min-entropy per second since the start of the service, bits.</summary>
    public required double CreditedBitsPerSecond { get; init; }

    /// <summary>What is measured and why it varies.</summary>
    public required string Mechanism { get; init; }

    /// <summary>The figure the claim comes from, or why there is none.</summary>
    public required string ClaimBasis { get; init; }

    /// <summary>How a measurement becomes a sample.</summary>
    public required string Digitization { get; init; }

    /// <summary>The clock that samples are read from; null where a sample is no reading of a clock.</summary>
    public required string? Clock { get; init; }

    /// <summary>True for what listens, watches or talks to the world: <c>fast</c> and <c>slow</c> leave it out.</summary>
    public required bool OptIn { get; init; }

    /// <summary>True where its samples may tell of people: they are neither recorded nor served raw nor assessed.</summary>
    public required bool Private { get; init; }

    /// <summary>The systems it runs on.</summary>
    public required IReadOnlyList<string> Platforms { get; init; }

    /// <summary>The settings it reads; their values are not told.</summary>
    public required IReadOnlyList<SettingBody> Settings { get; init; }

    /// <summary>From a source's status.</summary>
    /// <param name="status">The status.</param>
    /// <param name="assessments">Its assessments; null before the first.</param>
    public static SourceBody From(EntropySourceStatus status, SourceHistory? assessments) =>
        new()
        {
            Name = status.Info.Name,
            Category = StateNames<NoiseCategory>.Of(status.Info.Category),
            Healthy = status.Healthy,
            State = StateNames<SourceState>.Of(status.State),
            Since = status.Since,
            Reason = status.Reason,
            Bytes = status.Samples,
            Entropy = status.ShannonEntropy,
            MinEntropy = status.MostCommonValueEntropy,
            CollisionEntropy = status.CollisionEntropy,
            ClaimedMinEntropy = status.ClaimedMinEntropy,
            LoweredBy = status.LoweredBy,
            AssessedMinEntropy = status.AssessedMinEntropy,
            AssessedSamples = assessments?.Latest.Samples,
            AssessedAt = assessments?.Latest.Time,
            Assessments = assessments?.Count ?? 0,
            AssessedMinimum = assessments?.Minimum,
            AssessedMinimumSamples = assessments?.Figures.FirstOrDefault(figure => figure.MinEntropy <= assessments.Minimum)?.Samples,
            AssessedP5 = assessments?.FifthPercentile,
            Time = status.CollectionSeconds,
            Failures = status.Failures.Values.Sum(),
            FailuresByTest = status.Failures,
            DroppedBytes = status.Dropped,
            RawBytes = status.RawSamples,
            CreditedBits = status.CreditedBits,
            FalseAlarmIntervalSeconds = status.FalseAlarmInterval?.TotalSeconds,
            Cutoffs = CutoffsBody.From(status.Cutoffs),
            SharesCredit = status.Info.SharesCredit,
            LastSuccess = status.LastSuccess,
            LastFailure = status.LastFailure is { } failure ? new FailureBody(failure.Time, failure.Reason) : null,
            Origin = StateNames<NoiseOrigin>.Of(status.Info.Origin),
            Fast = status.Speed == SourceSpeed.Unknown ? null : status.Speed == SourceSpeed.Fast,
            StartupSeconds = status.SecondsPerStartup,
            SamplesPerSecond = status.SamplesPerSecond,
            CreditedBitsPerSecond = status.CreditedBitsPerSecond,
            Mechanism = status.Info.Mechanism,
            ClaimBasis = status.Info.ClaimBasis,
            Digitization = status.Info.Digitization,
            Clock = status.Info.Clock,
            OptIn = status.Info.OptIn,
            Private = status.Info.Private,
            Platforms = status.Platforms.Count > 0 ? status.Platforms : s_everywhere,
            Settings = [.. status.Info.Settings.Select(setting => SettingBody.From(status.Info, setting))],
        };
}
