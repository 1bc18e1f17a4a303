using OpenEntropy.Assessment.Randomness;

namespace OpenEntropy.Calibration;

/// <summary>How many p-values of good sequences were at or below a level.</summary>
/// <param name="Level">α.</param>
/// <param name="Attainable">
/// The greatest level up to α that is known to be attainable, since it or the next above it occurred; α itself where p-values are uniform.
/// </param>
/// <param name="Count">How many there were.</param>
/// <param name="Interval">How many there may be.</param>
internal sealed record FalseAlarms(double Level, double Attainable, int Count, BinomialInterval Interval)
{
    public bool IsInside => Interval.Contains(Count);

    /// <param name="pValues">The p-values of one test.</param>
    /// <param name="kind">How they are distributed.</param>
    /// <param name="level">α.</param>
    /// <param name="outside">The probability that a right test is outside, at most.</param>
    public static FalseAlarms Of(IReadOnlyList<PValue> pValues, PValueKind kind, double level, double outside)
    {
        var attainable = kind == PValueKind.Discrete ? GreatestAttainable(pValues, level) : level;
        var interval = BinomialInterval.Of(pValues.Count, level, outside);
        if (kind == PValueKind.Bound)
            interval = interval with { Least = 0 };
        else if (attainable < level)
            interval = interval with { Least = BinomialInterval.Of(pValues.Count, attainable, outside).Least };
        return new FalseAlarms(level, attainable, pValues.Count(p => p.Value <= level), interval);
    }

    /// <summary>Every observed p-value is attainable, and so is the one below it.</summary>
    private static double GreatestAttainable(IReadOnlyList<PValue> pValues, double level) =>
        pValues
            .SelectMany(p => new[] { p.Value, p.Value - p.PointProbability!.Value })
            .Where(value => value <= level)
            .DefaultIfEmpty(0)
            .Max();
}
