using System.Text.Json.Serialization;
using OpenEntropy.Assessment.Numerics;
using OpenEntropy.Assessment.Suffixes;

namespace OpenEntropy.Assessment.Iid;

/// <summary>
/// SP 800-90B, 5.2.5: whether the longest tuple that occurs twice is longer than it would be, but once in a thousand times, were the samples
/// independent and identically distributed.
/// </summary>
/// <param name="PCollision">P_col, the probability that two samples are equal.</param>
/// <param name="W">W, the length of the longest tuple that occurs twice, samples.</param>
/// <param name="Probability">Pr(X ≥ 1), the probability that any tuple of that length occurs twice.</param>
/// <param name="Passed">True where that is 1/1000 at least.</param>
public sealed record LongestRepeatedSubstringTest(double PCollision, int W, double Probability, bool Passed)
{
    // Above this power of e in magnitude, one minus it is 1.
    private const double NegligiblePower = 50;

    // (1/100)^10 is below the last place of 1.
    private const int SeriesTerms = 10;

    private static readonly Extended s_one = 1L;

    /// <summary>The test's name, as in the standard.</summary>
    [JsonIgnore]
    public string Test { get; } = "Longest repeated substring";

    /// <summary>The clause it stands in.</summary>
    [JsonIgnore]
    public string Clause { get; } = "5.2.5";

    /// <summary>True where the test rejects the hypothesis, as <see cref="ChiSquareResult.IsRejected"/> has it.</summary>
    [JsonIgnore]
    public bool IsRejected => !Passed;

    /// <summary>Tests samples.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    /// <exception cref="AssessmentInputException">No sample occurs twice.</exception>
    /// <exception cref="OperationCanceledException">The checkpoint ended it.</exception>
    public static LongestRepeatedSubstringTest Run(SampleSet samples, Checkpoint? checkpoint = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        // Step 1.
        var collision = CollisionProbability(samples, checkpoint);
        // Step 2.
        var w = RepeatedTuples.OfSymbols(samples, checkpoint).LongestRepeated;
        if (w == 0)
            throw new AssessmentInputException(
                $"None of the {samples.Length:N0} samples occurs twice: the longest repeated substring test needs at least one that does."
            );

        // Step 3: the pairs of tuples of W samples.
        var tuples = samples.Length - (long)w + 1;
        var pairs = tuples * (tuples - 1) / 2;
        // Step 4: Pr(X >= 1) = 1 - (1 - P_col^W)^pairs.
        var power = pairs * Ln1Minus(Extended.Pow(collision, w));
        var none = power.ToDouble() < -NegligiblePower ? default : Exp(power);
        // Step 5, by the logarithm, which is exact also where the probability is not.
        return new LongestRepeatedSubstringTest(
            collision.ToDouble(),
            w,
            (s_one - none).ToDouble(),
            Extended.Ln((Extended)999L / 1000L) >= power
        );
    }

    /// <summary>The sum of the squares of the proportions, which NIST's tool adds up sample by sample.</summary>
    private static Extended CollisionProbability(SampleSet samples, Checkpoint? checkpoint)
    {
        var sum = default(Extended);
        foreach (var proportion in SymbolProportions.Accumulated(samples, checkpoint))
            sum += (Extended)proportion * proportion;
        return sum;
    }

    /// <summary>ln(1 − x), of 0 &lt; x &lt; 1.</summary>
    private static Extended Ln1Minus(Extended x)
    {
        if (x > 0.01)
            return Extended.Ln(s_one - x);
        // −x (1 + x/2 + x²/3 + …)
        var sum = default(Extended);
        for (long n = SeriesTerms; n >= 1; n--)
            sum = sum * x + s_one / n;
        return -x * sum;
    }

    private static Extended Exp(Extended power) => Extended.Pow(2L, power / Extended.Ln(2L));
}
