namespace OpenEntropy.Assessment.Randomness;

/// <summary>A statistical test of the hypothesis that a sequence came from independent, unbiased bits.</summary>
public abstract class RandomnessTest
{
    /// <summary>The test's name.</summary>
    public abstract string Name { get; }

    /// <summary>The clause or the paper it stands in, such as <c>SP 800-22 Rev. 1a, 2.1</c>.</summary>
    public abstract string Source { get; }

    /// <summary>How its p-values are distributed where the bits are independent and unbiased.</summary>
    public virtual PValueKind Kind => PValueKind.Uniform;

    /// <summary>The fewest bits that the test can be computed of; its p-values are of use from <see cref="RecommendedBits"/> on.</summary>
    public abstract int MinimumBits { get; }

    /// <summary>The most bits that it takes at once, for the memory that they need.</summary>
    public virtual int MaximumBits => int.MaxValue;

    /// <summary>The fewest bits that the source recommends; below them p-values are approximate, and the result says so.</summary>
    /// <param name="options">The parameters, on which it may depend.</param>
    public virtual int RecommendedBits(RandomnessOptions options) => MinimumBits;

    /// <summary>Runs the test.</summary>
    /// <param name="bits">The sequence.</param>
    /// <param name="options">Whose arithmetic, and the parameters.</param>
    /// <returns>Its p-values; or why the test does not apply to this sequence.</returns>
    /// <exception cref="OperationCanceledException">The checkpoint ended the computation.</exception>
    public RandomnessTestResult Run(BitSequence bits, RandomnessOptions options)
    {
        ArgumentNullException.ThrowIfNull(bits);
        ArgumentNullException.ThrowIfNull(options);
        if (bits.Length < MinimumBits)
            return NotApplicable($"It needs at least {MinimumBits:N0} bits; there are {bits.Length:N0}.");
        if (bits.Length > MaximumBits)
            return NotApplicable($"It takes at most {MaximumBits:N0} bits at once; there are {bits.Length:N0}. Test them in parts.");
        var result = Evaluate(bits, options);
        var recommended = RecommendedBits(options);
        return result.Inapplicable is not null || bits.Length >= recommended
            ? result
            : result with
            {
                Caution = $"At least {recommended:N0} bits are recommended; there are {bits.Length:N0}, and the p-values are approximate.",
            };
    }

    /// <summary>Runs the test on a sequence of a length that it takes.</summary>
    /// <param name="bits">The sequence, of <see cref="MinimumBits"/> to <see cref="MaximumBits"/>.</param>
    /// <param name="options">Whose arithmetic, and the parameters.</param>
    private protected abstract RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options);

    /// <summary>The result of a test that applies.</summary>
    /// <param name="pValues">Its p-values, 0 to 1.</param>
    /// <param name="statistics">The figures on the way to them.</param>
    private protected RandomnessTestResult Applied(IReadOnlyList<PValue> pValues, params IReadOnlyList<Statistic> statistics) =>
        new()
        {
            Name = Name,
            Source = Source,
            Kind = Kind,
            PValues = pValues,
            Statistics = statistics,
        };

    /// <summary>The result of a test that has one p-value.</summary>
    /// <param name="pValue">0 to 1.</param>
    /// <param name="statistics">The figures on the way to it.</param>
    private protected RandomnessTestResult Applied(double pValue, params IReadOnlyList<Statistic> statistics) =>
        Applied([new PValue("", pValue)], statistics);

    /// <summary>The result of a test that does not apply.</summary>
    /// <param name="reason">Why, in one sentence that names what is needed.</param>
    private protected RandomnessTestResult NotApplicable(string reason) => RandomnessTestResult.NotApplicable(this, reason);
}
