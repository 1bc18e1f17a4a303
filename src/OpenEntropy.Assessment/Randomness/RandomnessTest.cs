namespace OpenEntropy.Assessment.Randomness;

/// <summary>A statistical test of the hypothesis that a sequence came from independent, unbiased bits.</summary>
public abstract class RandomnessTest
{
    /// <summary>The test's name.</summary>
    public abstract string Name { get; }

    /// <summary>The clause or the paper it stands in, such as <c>SP 800-22 Rev. 1a, 2.1</c>.</summary>
    public abstract string Source { get; }

    /// <summary>The fewest bits that the test says anything about.</summary>
    public abstract int MinimumBits { get; }

    /// <summary>Runs the test.</summary>
    /// <param name="bits">The sequence.</param>
    /// <param name="options">Whose arithmetic, and the parameters.</param>
    /// <returns>Its p-values; or why the test does not apply to this sequence.</returns>
    public RandomnessTestResult Run(BitSequence bits, RandomnessOptions options) =>
        bits.Length < MinimumBits
            ? RandomnessTestResult.NotApplicable(this, $"It needs at least {MinimumBits:N0} bits; there are {bits.Length:N0}.")
            : Evaluate(bits, options);

    /// <summary>Runs the test on a sequence that is long enough for it.</summary>
    /// <param name="bits">The sequence, of <see cref="MinimumBits"/> at least.</param>
    /// <param name="options">Whose arithmetic, and the parameters.</param>
    private protected abstract RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options);
}
