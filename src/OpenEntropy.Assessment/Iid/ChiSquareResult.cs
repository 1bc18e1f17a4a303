using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Iid;

/// <summary>What a chi-square test of SP 800-90B, 5.2 says of samples.</summary>
public sealed record ChiSquareResult
{
    /// <summary>The probability of rejecting samples that are independent and identically distributed: 0.001.</summary>
    public const double Alpha = 0.001;

    internal ChiSquareResult(string test, string clause, double statistic, int degreesOfFreedom)
    {
        (Test, Clause, Statistic, DegreesOfFreedom) = (test, clause, statistic, degreesOfFreedom);
        PValue = degreesOfFreedom > 0 ? Distributions.UpperIncompleteGammaRatio(degreesOfFreedom / 2.0, statistic / 2.0) : null;
    }

    /// <summary>The test's name, as in the standard.</summary>
    public string Test { get; }

    /// <summary>The clause it stands in.</summary>
    public string Clause { get; }

    /// <summary>T.</summary>
    public double Statistic { get; }

    /// <summary>The degrees of freedom; below 1 the samples are too few to fill the bins, and nothing is tested.</summary>
    public int DegreesOfFreedom { get; }

    /// <summary>
    /// The probability of T or more; null where there is no degree of freedom. NIST's tool calls that case a p-value of 1 and a pass.
    /// </summary>
    public double? PValue { get; }

    /// <summary>True where the p-value is below <see cref="Alpha"/>.</summary>
    public bool IsRejected => PValue < Alpha;
}
