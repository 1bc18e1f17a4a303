namespace OpenEntropy.Health;

/// <summary>The min-entropy a source is credited with: its claim, or less where an assessment on this machine says so. Its owner locks.</summary>
/// <param name="claim">The source's claim, bits per sample.</param>
internal sealed class ClaimInForce(double claim)
{
    private bool _lowered;
    private double _minEntropy = claim;

    /// <summary>H in force, bits per sample; 0: the source earns nothing. May be read without the lock.</summary>
    public double MinEntropy
    {
        get => Volatile.Read(ref _minEntropy);
        private set => Volatile.Write(ref _minEntropy, value);
    }

    /// <summary>The latest assessment, bits per sample; null before the first.</summary>
    public double? Assessed { get; private set; }

    /// <summary>The assessment that lowered the claim to what it is now, bits per sample; null where none did.</summary>
    public double? LoweredBy { get; private set; }

    private string? WhyLowered =>
        LoweredBy is { } assessed ? $"assessed at {assessed:0.###} bits per sample, which lowered its claim to {MinEntropy:0.####}" : null;

    /// <summary>Takes note of an assessment: under twice the claim it lowers the claim to half of it; nothing ever raises it.</summary>
    /// <param name="bitsPerSample">Assessed min-entropy (SP 800-90B, 6), bits per sample.</param>
    /// <param name="options">The values of α.</param>
    /// <returns>The cutoffs that the lower claim asks for; null where they stay.</returns>
    public HealthCutoffs? Assess(double bitsPerSample, HealthOptions options)
    {
        Assessed = bitsPerSample;
        var lowered = bitsPerSample / 2;
        if (lowered >= MinEntropy)
            return null;

        LoweredBy = bitsPerSample;
        Volatile.Write(ref _lowered, true);

        // A claim too small for a test that can fire is none: the tests of the last claim go on watching.
        var cutoffs = lowered > 0 ? HealthCutoffs.Derive(lowered, options) : null;
        MinEntropy = cutoffs is { CanFire: true } ? lowered : 0;
        return MinEntropy > 0 ? cutoffs : null;
    }

    /// <summary>True once after the claim was lowered: what was earned by the higher one is to be revoked. For any thread.</summary>
    public bool TakeLowering() => Volatile.Read(ref _lowered) && Interlocked.Exchange(ref _lowered, false);

    /// <summary>A status with the claim in it; what lowered the claim stands beside any other reason, also while the source is on trial.</summary>
    /// <param name="status">The source's status.</param>
    public EntropySourceStatus Complete(EntropySourceStatus status) =>
        status with
        {
            Reason = (status.Reason, WhyLowered) is ({ } reason, { } why) ? $"{reason}; {why}" : status.Reason ?? WhyLowered,
            ClaimedMinEntropy = MinEntropy,
            AssessedMinEntropy = Assessed,
            LoweredBy = LoweredBy,
        };
}
