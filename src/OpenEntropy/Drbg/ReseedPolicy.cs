namespace OpenEntropy.Drbg;

/// <summary>Why a generator is seeded.</summary>
internal enum SeedCause
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>It had no seed.</summary>
    Instantiate,

    /// <summary>Its interval passed: wanted, not required.</summary>
    Interval,

    /// <summary>Its request or byte limit was reached.</summary>
    Limit,

    /// <summary>Its seed is too old.</summary>
    Age,

    /// <summary>The caller asked for prediction resistance.</summary>
    Fresh,

    /// <summary>The machine was resumed or cloned.</summary>
    Resume,
}

/// <summary>What the policy looks at.</summary>
/// <param name="Seeded">It has a seed.</param>
/// <param name="EpochPassed">A resume was seen since it was seeded.</param>
/// <param name="SeedAge">Since the completion of the youngest block in its seed.</param>
/// <param name="SinceReseed">Since it was last seeded.</param>
/// <param name="Requests">Generate calls since.</param>
/// <param name="Bytes">Bytes given since, with those that are to be given.</param>
internal readonly record struct GeneratorUse(
    bool Seeded,
    bool EpochPassed,
    TimeSpan SeedAge,
    TimeSpan SinceReseed,
    long Requests,
    long Bytes
);

/// <summary>When a generator reseeds: far below the limits of SP 800-90A, table 3 (2^48 requests).</summary>
internal static class ReseedPolicy
{
    /// <summary>Generate calls after which a reseed is required.</summary>
    public const long MaximumRequests = 1 << 20;

    /// <summary>The most bytes given on one seed.</summary>
    public const long MaximumBytes = 1 << 30;

    /// <summary>The cause for which the generator is to be seeded before its next output.</summary>
    /// <param name="use">Where it stands.</param>
    /// <param name="options">The interval and the maximum age.</param>
    public static SeedCause Next(GeneratorUse use, DrbgOptions options) =>
        !use.Seeded ? SeedCause.Instantiate
        : use.EpochPassed ? SeedCause.Resume
        : use.Requests >= MaximumRequests || use.Bytes > MaximumBytes ? SeedCause.Limit
        : use.SeedAge > options.MaximumSeedAge ? SeedCause.Age
        : use.SinceReseed >= options.ReseedInterval ? SeedCause.Interval
        : SeedCause.None;

    /// <summary>Whether output must wait for the seed.</summary>
    /// <param name="cause">From <see cref="Next"/>.</param>
    public static bool IsRequired(SeedCause cause) => cause is not (SeedCause.None or SeedCause.Interval);
}
