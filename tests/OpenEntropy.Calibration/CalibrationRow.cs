using OpenEntropy.Assessment.Numerics;
using OpenEntropy.Assessment.Randomness;

namespace OpenEntropy.Calibration;

/// <summary>What the calibration says of one p-value.</summary>
internal sealed record CalibrationRow
{
    /// <summary>Checks of a row: the false alarms at both levels, P_T and Kolmogorov's D.</summary>
    public const int Checks = 4;

    public required string Test { get; init; }

    public required string PValueName { get; init; }

    public required PValueKind Kind { get; init; }

    /// <summary>How many sequences the test applied to.</summary>
    public required int Applicable { get; init; }

    public required IReadOnlyList<FalseAlarms> Alarms { get; init; }

    /// <summary>SP 800-22's P_T over ten bins; null where p-values are upper bounds.</summary>
    public required double? Uniformity { get; init; }

    /// <summary>Kolmogorov's D of the p-values against uniform ones, and its p-value, of too great a D only.</summary>
    public required (double Distance, double PValue)? Kolmogorov { get; init; }

    /// <summary>
    /// The names of the checks that are outside; <c>not applied</c> where the test applied to fewer than
    /// <see cref="MultiSequenceRow.SequencesForUniformity"/> sequences, so that nothing is shown.
    /// </summary>
    public required IReadOnlyList<string> Outside { get; init; }

    /// <param name="results">What one test said of each sequence.</param>
    /// <param name="index">Which of its p-values.</param>
    /// <param name="outside">The probability that a right test fails one check, at most.</param>
    /// <param name="seed">Of the even spread of discrete p-values.</param>
    public static CalibrationRow Of(IReadOnlyList<RandomnessTestResult> results, int index, double outside, ulong seed)
    {
        var applicable = results.Where(result => result.Inapplicable is null).Select(result => result.PValues[index]).ToList();
        var kind = results[0].Kind;
        FalseAlarms[] alarms = [.. new[] { 0.01, 0.001 }.Select(level => FalseAlarms.Of(applicable, kind, level, outside))];
        double? uniformity = null;
        (double Distance, double PValue)? kolmogorov = null;
        if (kind != PValueKind.Bound && applicable.Count >= MultiSequenceRow.SequencesForUniformity)
        {
            var spread = Spread(applicable, seed);
            uniformity = MultiSequenceRow.UniformityOf(MultiSequenceRow.BinsOf(spread));
            kolmogorov = KolmogorovOf(spread);
        }

        List<string> failed = [.. alarms.Where(alarm => !alarm.IsInside).Select(alarm => $"α = {alarm.Level}")];
        if (applicable.Count < MultiSequenceRow.SequencesForUniformity)
            failed.Add("not applied");
        if (uniformity < outside)
            failed.Add("P_T");
        if (kolmogorov?.PValue < outside)
            failed.Add("D");
        return new CalibrationRow
        {
            Test = results[0].Name,
            PValueName = applicable.Count == 0 ? "" : applicable[0].Name,
            Kind = kind,
            Applicable = applicable.Count,
            Alarms = alarms,
            Uniformity = uniformity,
            Kolmogorov = kolmogorov,
            Outside = failed,
        };
    }

    /// <summary>
    /// Discrete p-values spread evenly over the step down to the next, which makes them uniform if their probabilities are right; others as they are.
    /// </summary>
    private static double[] Spread(List<PValue> pValues, ulong seed)
    {
        var spread = new double[pValues.Count];
        for (var i = 0; i < spread.Length; i++)
        {
            // Weyl's sequence of the golden ratio, whose values are even enough, and the same in every run.
            seed += 0x9E3779B97F4A7C15;
            spread[i] = Math.Max(0, pValues[i].Value - ((pValues[i].PointProbability ?? 0) * (seed >> 11) / (1UL << 53)));
        }

        return spread;
    }

    private static (double Distance, double PValue) KolmogorovOf(double[] values)
    {
        var sorted = values.Order().ToList();
        var distance = sorted
            .Select((value, i) => Math.Max(((i + 1.0) / values.Length) - value, value - ((double)i / values.Length)))
            .Max();
        return (distance, KolmogorovDistribution.Tails(distance, values.Length).Upper);
    }
}
