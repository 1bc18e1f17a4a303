using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Server.Assessment;
using OpenEntropy.Server.Health;

namespace OpenEntropy.Server.Sources;

/// <summary>One entropy source in the answers of <c>/sources</c>. Entropies are in bits per 8-bit sample.</summary>
internal sealed record SourceBody
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The part of the machine the phenomenon belongs to.</summary>
    public required string Category { get; init; }

    /// <summary>True when its state is <c>healthy</c>.</summary>
    public required bool Healthy { get; init; }

    /// <summary><c>unavailable</c>, <c>disabled</c>, <c>starting</c>, <c>healthy</c>, <c>failed</c> or <c>permanently_failed</c>.</summary>
    public required string State { get; init; }

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

    /// <summary>When a collection last gave samples; null before the first.</summary>
    public required DateTimeOffset? LastSuccess { get; init; }

    /// <summary>Where its unpredictability is said to come from: <c>measured</c>, <c>counter</c>, <c>operating_system</c> or <c>vendor</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>True when it was measured to collect 1,024 samples in less than half a second.</summary>
    public required bool Fast { get; init; }

    /// <summary>What is measured and why it varies.</summary>
    public required string Mechanism { get; init; }

    /// <summary>The figure the claim comes from, or why there is none.</summary>
    public required string ClaimBasis { get; init; }

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
            Reason = status.Reason,
            Bytes = status.Samples,
            Entropy = status.ShannonEntropy,
            MinEntropy = status.MostCommonValueEntropy,
            CollisionEntropy = status.CollisionEntropy,
            ClaimedMinEntropy = status.ClaimedMinEntropy,
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
            LastSuccess = status.LastSuccess,
            Origin = StateNames<NoiseOrigin>.Of(status.Info.Origin),
            Fast = status.Speed == SourceSpeed.Fast,
            Mechanism = status.Info.Mechanism,
            ClaimBasis = status.Info.ClaimBasis,
        };
}

/// <summary>The answer of <c>/sources</c>.</summary>
/// <param name="Sources">Every source of the catalog.</param>
/// <param name="Total">How many.</param>
/// <param name="Note">What the entropies are and are not.</param>
internal sealed record SourceListBody(IReadOnlyList<SourceBody> Sources, int Total, string Note);

/// <summary>The cutoffs of the two continuous tests (SP 800-90B, 4.4): counts of samples, of the window W for the adaptive proportion test.</summary>
internal sealed record CutoffsBody(
    double MinEntropy,
    int Window,
    int RepetitionIntermittent,
    int RepetitionPermanent,
    int ProportionIntermittent,
    int ProportionPermanent
)
{
    public static CutoffsBody? From(HealthCutoffs? cutoffs) =>
        cutoffs is null
            ? null
            : new CutoffsBody(
                cutoffs.MinEntropy,
                HealthCutoffs.Window,
                cutoffs.RepetitionIntermittent,
                cutoffs.RepetitionPermanent,
                cutoffs.ProportionIntermittent,
                cutoffs.ProportionPermanent
            );
}
