namespace OpenEntropy.Assessment.Randomness;

/// <summary>Whose arithmetic the tests of SP 800-22 use.</summary>
public enum Sp80022Mode
{
    /// <summary>The publication with its known errors mended.</summary>
    Corrected,

    /// <summary>As NIST's program, STS 2.1.2, computes, errors included.</summary>
    Sts212,
}

/// <summary>The tests' parameters; the defaults are those of SP 800-22 Rev. 1a and of NIST's program.</summary>
public sealed record RandomnessOptions
{
    /// <summary>Whose arithmetic.</summary>
    public Sp80022Mode Mode { get; init; }

    /// <summary>M of the block frequency test, bits.</summary>
    public int BlockFrequencyLength { get; init; } = 128;

    /// <summary>m of the non-overlapping template test, bits.</summary>
    public int NonOverlappingTemplateLength { get; init; } = 9;

    /// <summary>m of the overlapping template test, bits.</summary>
    public int OverlappingTemplateLength { get; init; } = 9;

    /// <summary>m of the approximate entropy test, bits.</summary>
    public int ApproximateEntropyLength { get; init; } = 10;

    /// <summary>m of the serial test, bits.</summary>
    public int SerialLength { get; init; } = 16;

    /// <summary>M of the linear complexity test, bits.</summary>
    public int LinearComplexityLength { get; init; } = 500;

    /// <summary>Called by tests that take long.</summary>
    public Checkpoint? Checkpoint { get; init; }
}
