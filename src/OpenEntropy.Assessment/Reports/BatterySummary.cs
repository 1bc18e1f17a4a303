using OpenEntropy.Assessment.Randomness;

namespace OpenEntropy.Assessment.Reports;

/// <summary>How many p-values there are, and how many of them are small.</summary>
/// <param name="Kinds">The same of each kind there is.</param>
/// <param name="Least">The least of all; null where there is none.</param>
internal sealed record BatterySummary(IReadOnlyList<KindSummary> Kinds, double? Least)
{
    /// <summary>How many p-values there are.</summary>
    public int PValues => Kinds.Sum(kind => kind.PValues);

    /// <summary>How many are below α.</summary>
    public int Below => Kinds.Sum(kind => kind.PValuesBelowAlpha);

    /// <summary>
    /// How often perfect bits give one p-value at least as small as the least, at most: Bonferroni's bound, which holds however the tests depend on
    /// each other, and for every <see cref="PValueKind"/>, since none is at or below a level more often than the level says.
    /// </summary>
    public double? LeastBound => Least is { } least ? Math.Min(1, PValues * least) : null;

    public static BatterySummary Of(params IEnumerable<RandomnessTestResult> results)
    {
        var values = results.SelectMany(result => result.PValues.Select(p => (result.Kind, p.Value))).ToList();
        return new BatterySummary(
            [
                .. Enum.GetValues<PValueKind>()
                    .Select(kind => KindSummary.Of(kind, [.. values.Where(p => p.Kind == kind).Select(p => p.Value)]))
                    .Where(summary => summary.PValues > 0),
            ],
            values.Count == 0 ? null : values.Min(p => p.Value)
        );
    }
}
