namespace OpenEntropy.Health;

/// <summary>The cutoffs C of the two continuous tests for one claim H (SP 800-90B, 4.4.1 and 4.4.2), derived, never typed in.</summary>
public sealed record HealthCutoffs
{
    /// <summary>W of the adaptive proportion test for 8-bit samples, in samples.</summary>
    public const int Window = 512;

    /// <summary>Min-entropy H the cutoffs are derived from, bits per sample.</summary>
    public required double MinEntropy { get; init; }

    /// <summary>Repetition count at which an intermittent failure is declared.</summary>
    public required int RepetitionIntermittent { get; init; }

    /// <summary>Repetition count at which a permanent failure is declared.</summary>
    public required int RepetitionPermanent { get; init; }

    /// <summary>Count in a window at which an intermittent failure is declared.</summary>
    public required int ProportionIntermittent { get; init; }

    /// <summary>Count in a window at which a permanent failure is declared.</summary>
    public required int ProportionPermanent { get; init; }

    /// <summary>
    /// The probability α, as −log2 α, that a test fails intermittently on a source that has the claimed entropy: per sample for the repetition
    /// count test, per window for the adaptive proportion test.
    /// </summary>
    public required int IntermittentAlphaExponent { get; init; }

    /// <summary>False when a cutoff exceeds the window: a test that can never fire, which is no test.</summary>
    public bool CanFire => ProportionIntermittent <= Window && ProportionPermanent <= Window;

    /// <summary>The cutoffs for a claim.</summary>
    /// <param name="minEntropy">H, bits per sample, above 0 and at most 8.</param>
    /// <param name="options">The two values of α.</param>
    public static HealthCutoffs Derive(double minEntropy, HealthOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minEntropy);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minEntropy, 8);
        return new HealthCutoffs
        {
            MinEntropy = minEntropy,
            RepetitionIntermittent = Repetition(minEntropy, options.IntermittentAlphaExponent),
            RepetitionPermanent = Repetition(minEntropy, options.PermanentAlphaExponent),
            ProportionIntermittent = Proportion(minEntropy, options.IntermittentAlphaExponent, Window),
            ProportionPermanent = Proportion(minEntropy, options.PermanentAlphaExponent, Window),
            IntermittentAlphaExponent = options.IntermittentAlphaExponent,
        };
    }

    /// <summary>SP 800-90B, 4.4.1: C = 1 + ⌈−log2 α / H⌉.</summary>
    /// <param name="minEntropy">H, bits per sample.</param>
    /// <param name="alphaExponent">−log2 α.</param>
    public static int Repetition(double minEntropy, int alphaExponent) => 1 + (int)Math.Ceiling(alphaExponent / minEntropy);

    /// <summary>
    /// SP 800-90B, 4.4.2, in the corrected form C = 2 + Q(1 − α; W − 1, 2^−H): the first sample of a window always matches itself, so that
    /// only W − 1 samples are counted by chance. Q is the binomial quantile.
    /// </summary>
    /// <param name="minEntropy">H, bits per sample.</param>
    /// <param name="alphaExponent">−log2 α.</param>
    /// <param name="window">W, samples.</param>
    public static int Proportion(double minEntropy, int alphaExponent, int window) =>
        2 + BinomialQuantile(window - 1, Math.Pow(2, -minEntropy), Math.Pow(2, -alphaExponent));

    /// <summary>The least k for which P(X &gt; k) ≤ tail, X binomial: the upper tail is summed from its far end, where the terms are least.</summary>
    private static int BinomialQuantile(int trials, double probability, double tail)
    {
        var step = Math.Log2(1 - probability) - Math.Log2(probability);
        var log2Mass = trials * Math.Log2(probability);
        double above = 0;
        for (var k = trials; k > 0; k--)
        {
            above += Math.Pow(2, log2Mass);
            if (above > tail)
                return k;

            // P(X = k − 1) = P(X = k) · k / (n − k + 1) · (1 − p) / p
            log2Mass += Math.Log2(k) - Math.Log2(trials - k + 1) + step;
        }

        return 0;
    }
}
