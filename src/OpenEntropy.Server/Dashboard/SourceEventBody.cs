using OpenEntropy.Health;
using OpenEntropy.Server.Health;

namespace OpenEntropy.Server.Dashboard;

/// <summary>What changes about a source; what does not is in <c>/sources</c>. Entropies are in bits per sample.</summary>
internal sealed record SourceEventBody
{
    private const string Repetition = "rct";
    private const string Proportion = "apt";

    public required string Name { get; init; }

    public required string State { get; init; }

    public required bool Healthy { get; init; }

    public required string? Reason { get; init; }

    /// <summary>Samples per second between the last two accounts; null before there are two.</summary>
    public required double? Rate { get; init; }

    public required long Bytes { get; init; }

    public required double Entropy { get; init; }

    public required double MinEntropy { get; init; }

    public required double CollisionEntropy { get; init; }

    public required double ClaimedMinEntropy { get; init; }

    public required double? AssessedMinEntropy { get; init; }

    public required long Failures { get; init; }

    public required long RctFailures { get; init; }

    public required long AptFailures { get; init; }

    public required long OtherFailures { get; init; }

    /// <summary>Share of all that was credited since the start, 0 to 1.</summary>
    public required double CreditShare { get; init; }

    /// <summary>From a source's status.</summary>
    /// <param name="status">The status.</param>
    /// <param name="rate">Samples per second.</param>
    /// <param name="credited">Bits credited to all sources.</param>
    public static SourceEventBody From(EntropySourceStatus status, double? rate, double credited)
    {
        var entropies = Entropies.Of(status.ShannonEntropy, status.MostCommonValueEntropy, status.CollisionEntropy);
        var (failures, rct, apt) = (
            status.Failures.Values.Sum(),
            status.Failures.GetValueOrDefault(Repetition),
            status.Failures.GetValueOrDefault(Proportion)
        );
        return new SourceEventBody
        {
            Name = status.Info.Name,
            State = StateNames<SourceState>.Of(status.State),
            Healthy = status.Healthy,
            Reason = status.Reason,
            Rate = rate,
            Bytes = status.Samples,
            Entropy = entropies.Shannon,
            MinEntropy = entropies.Min,
            CollisionEntropy = entropies.Collision,
            ClaimedMinEntropy = status.ClaimedMinEntropy,
            AssessedMinEntropy = status.AssessedMinEntropy,
            Failures = failures,
            RctFailures = rct,
            AptFailures = apt,
            OtherFailures = failures - rct - apt,
            CreditShare = credited > 0 ? Math.Round(status.CreditedBits / credited, 4) : 0,
        };
    }
}
