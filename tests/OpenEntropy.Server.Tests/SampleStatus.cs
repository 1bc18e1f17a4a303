using OpenEntropy.Health;
using OpenEntropy.Noise;

namespace OpenEntropy.Server.Tests;

/// <summary>Accounts in which every figure differs from every other, so that two that were swapped show.</summary>
internal static class SampleStatus
{
    public static EntropySourceStatus Source(
        string name = "page_fault_timing",
        SourceState state = SourceState.Healthy,
        double credited = 33.5
    ) =>
        new()
        {
            Info = new NoiseSourceInfo
            {
                Name = name,
                Category = NoiseCategory.CrossDomain,
                Mechanism = "How long it takes; it's never the same.",
                Origin = NoiseOrigin.OperatingSystem,
                ClaimedMinEntropy = 0.3,
                ClaimBasis = "A figure of 2.64",
                Digitization = "The low byte.",
                Clock = null,
                OptIn = true,
                Settings = [new NoiseSetting("Size", "Bytes, 1 to 9. Default 4.")],
            },
            State = state,
            Reason = state == SourceState.Healthy ? null : "the repetition count test failed",
            ClaimedMinEntropy = 0.25,
            AssessedMinEntropy = 2.5,
            Platforms = ["linux"],
            Samples = 4096,
            RawSamples = 17,
            CreditedBits = credited,
            CollectionSeconds = 1.5,
            Speed = SourceSpeed.Fast,
            SecondsPerStartup = 0.375,
            SamplesPerSecond = 2730.5,
            CreditedBitsPerSecond = 22.25,
            ShannonEntropy = 6.5,
            MostCommonValueEntropy = 4.5,
            CollisionEntropy = 5.5,
            Failures = new Dictionary<string, long>(StringComparer.Ordinal) { ["rct"] = 1, ["apt"] = 2 },
            Dropped = new Dictionary<string, long>(StringComparer.Ordinal) { ["health"] = 512 },
            FalseAlarmInterval = TimeSpan.FromHours(2),
            Cutoffs = new HealthCutoffs
            {
                MinEntropy = 0.25,
                RepetitionIntermittent = 161,
                RepetitionPermanent = 241,
                ProportionIntermittent = 491,
                ProportionPermanent = 501,
                IntermittentAlphaExponent = 40,
            },
            LastSuccess = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Since = new DateTimeOffset(2026, 1, 2, 1, 0, 0, TimeSpan.Zero),
            LastFailure = new SourceFailure(new DateTimeOffset(2026, 1, 1, 2, 3, 4, TimeSpan.Zero), "it was unplugged"),
        };

    public static EntropyPoolStatus Pool(PoolState state = PoolState.Degraded, params EntropySourceStatus[] sources) =>
        new()
        {
            State = state,
            Reason = state == PoolState.Healthy ? null : "disk_io has failed",
            Uptime = TimeSpan.FromSeconds(90),
            RawBytes = 1001,
            DrbgBytes = 2000,
            LimitedBytes = 300,
            RawOutputBytes = 40,
            Hash = "SHA-384",
            LeaveOut = 1,
            UncreditedInputs = ["os_rng", "boot_id"],
            Capacity = 1024,
            BlocksAvailable = 256,
            BlockBits = 384,
            BlockRequirementBits = 448,
            AssessedBitsIn = 8000,
            AssessedBitsPending = 12.5,
            AssessedBitsDiscarded = 2.5,
            BlocksProduced = 16,
            BlocksUsed = 5,
            BlocksReplaced = 4,
            BlocksExpired = 3,
            BlocksDiscarded = 2,
            ExtractionRatio = 0.75,
            BlocksPerSecond = 390.5,
            Generators = 8,
            GeneratorsSeeded = 7,
            SeedAge = TimeSpan.FromMilliseconds(250),
            GenerateCalls = 99,
            Reseeds = new Dictionary<string, long>(StringComparer.Ordinal) { ["instantiate"] = 8, ["fresh"] = 1 },
            ResumeSigns = 6,
            Deviations = ["Conditioning:LeaveOut is 0"],
            Sources = sources.Length > 0 ? sources : [Source(), Source("disk_io", SourceState.PermanentlyFailed, credited: 100.5)],
        };
}
