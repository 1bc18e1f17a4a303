namespace OpenEntropy.Assessment.Randomness;

/// <summary>What one test says of one sequence.</summary>
public sealed record RandomnessTestResult
{
    /// <summary>The test's name.</summary>
    public required string Name { get; init; }

    /// <summary>The clause or the paper it stands in.</summary>
    public required string Source { get; init; }

    /// <summary>How the p-values are distributed where the bits are independent and unbiased.</summary>
    public PValueKind Kind { get; init; }

    /// <summary>The p-values, each named where there are several; none where the test does not apply.</summary>
    public required IReadOnlyList<PValue> PValues { get; init; }

    /// <summary>The statistics and parameters on the way to them.</summary>
    public IReadOnlyList<Statistic> Statistics { get; init; } = [];

    /// <summary>Why the test does not apply to this sequence, in one sentence; null where it does.</summary>
    public string? Inapplicable { get; init; }

    /// <summary>How much longer the sequence should have been, in one sentence; null where it has the recommended length.</summary>
    public string? Caution { get; init; }

    /// <summary>The result of a test that does not apply.</summary>
    /// <param name="test">The test.</param>
    /// <param name="reason">Why, in one sentence that names what is needed.</param>
    internal static RandomnessTestResult NotApplicable(RandomnessTest test, string reason) =>
        new()
        {
            Name = test.Name,
            Source = test.Source,
            Kind = test.Kind,
            PValues = [],
            Inapplicable = reason,
        };
}
