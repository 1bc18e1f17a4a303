using OpenEntropy.Assessment.Randomness;

namespace OpenEntropy.Assessment.Reports;

/// <summary>How many p-values there are, and how many of them are small.</summary>
/// <param name="PValues">Their number.</param>
/// <param name="Below">How many are below α.</param>
/// <param name="Least">The least of them; null where there is none.</param>
internal readonly record struct BatterySummary(int PValues, int Below, double? Least)
{
    /// <summary>
    /// How often perfect bits give one p-value at least as small as the least, at most: Bonferroni's bound, which holds however the tests depend on
    /// each other.
    /// </summary>
    public double? LeastBound => Least is { } least ? Math.Min(1, PValues * least) : null;

    public static BatterySummary Of(params IEnumerable<RandomnessTestResult> results)
    {
        var values = results.SelectMany(result => result.PValues).Select(p => p.Value).ToList();
        return new BatterySummary(
            values.Count,
            values.Count(value => value < AssessmentReport.Sp80022Alpha),
            values.Count == 0 ? null : values.Min()
        );
    }
}
