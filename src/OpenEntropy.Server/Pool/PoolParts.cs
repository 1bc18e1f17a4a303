namespace OpenEntropy.Server.Pool;

/// <summary>The account of the seed blocks since the start: produced = used + replaced + expired + discarded + available.</summary>
internal sealed record BlockCounts(long Produced, long Used, long Replaced, long Expired, long Discarded, double PerSecondAtFullDuty)
{
    public static BlockCounts From(EntropyPoolStatus status) =>
        new(
            status.BlocksProduced,
            status.BlocksUsed,
            status.BlocksReplaced,
            status.BlocksExpired,
            status.BlocksDiscarded,
            status.BlocksPerSecond
        );
}

/// <summary>The conditioner: what goes in and what comes out, in bits of assessed (claimed and credited) entropy.</summary>
internal sealed record ConditionerBody(
    string Hash,
    int LeaveOut,
    int BlockBits,
    int BlockRequirementBits,
    double AssessedBitsIn,
    double AssessedBitsPending,
    double AssessedBitsDiscarded,
    double BlockBitsOut,
    double ExtractionRatio,
    IReadOnlyList<string> UncreditedInputs
)
{
    public static ConditionerBody From(EntropyPoolStatus status) =>
        new(
            status.Hash,
            status.LeaveOut,
            status.BlockBits,
            status.BlockRequirementBits,
            status.AssessedBitsIn,
            status.AssessedBitsPending,
            status.AssessedBitsDiscarded,
            (double)status.BlocksProduced * status.BlockBits,
            status.ExtractionRatio,
            status.UncreditedInputs
        );
}

/// <summary>The generators, one per core.</summary>
internal sealed record GeneratorsBody(
    int Total,
    int Seeded,
    double? SeedAgeSeconds,
    long GenerateCalls,
    IReadOnlyDictionary<string, long> Reseeds
)
{
    public static GeneratorsBody From(EntropyPoolStatus status) =>
        new(status.Generators, status.GeneratorsSeeded, status.SeedAge?.TotalSeconds, status.GenerateCalls, status.Reseeds);
}

/// <summary>Bytes of raw samples in; bytes out, together and by quality.</summary>
internal sealed record ByteCounts(long RawIn, long Out, long Drbg, long Limited, long Raw);

/// <summary>What one source has earned, in bits and as a share of all that was credited, 0 to 1.</summary>
internal sealed record SourceCredit(string Name, double CreditedBits, double Share)
{
    public static IReadOnlyList<SourceCredit> From(EntropyPoolStatus status)
    {
        var credited = status.Sources.Where(source => source.CreditedBits > 0).ToList();
        var total = credited.Sum(source => source.CreditedBits);
        return [.. credited.Select(source => new SourceCredit(source.Info.Name, source.CreditedBits, source.CreditedBits / total))];
    }
}
