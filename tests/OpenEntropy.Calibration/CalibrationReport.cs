using System.Globalization;
using System.Text;
using OpenEntropy.Assessment.Randomness;

namespace OpenEntropy.Calibration;

/// <summary>The calibration of all tests, as a Markdown document.</summary>
internal sealed record CalibrationReport(CalibrationOptions Options, double OutsideOfOne, IReadOnlyList<CalibrationRow> Rows)
{
    /// <summary>The probability that right tests, all together, show anything outside: at most this, by Bonferroni.</summary>
    private const double OutsideOfAll = 0.01;

    public bool IsCalibrated => Rows.All(row => row.Outside.Count == 0);

    /// <param name="options">What was run.</param>
    /// <param name="results">The results of every sequence.</param>
    public static CalibrationReport Of(CalibrationOptions options, IReadOnlyList<IReadOnlyList<RandomnessTestResult>> results)
    {
        var ofTests = Enumerable.Range(0, results[0].Count).Select(test => results.Select(of => of[test]).ToList()).ToList();
        var counts = ofTests.ConvertAll(of => Math.Max(1, of.Max(result => result.PValues.Count)));
        var outside = OutsideOfAll / (counts.Sum() * CalibrationRow.Checks);
        var rows = ofTests.SelectMany(
            (of, test) => Enumerable.Range(0, counts[test]).Select(index => CalibrationRow.Of(of, index, outside, options.Seed))
        );
        return new CalibrationReport(options, outside, [.. rows]);
    }

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Calibration of the tests of randomness\n\nMade by\n```\n{Options.Command}\n```\n\n");
        var introduction = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Every test ran on {Options.Sequences:N0} sequences of {Options.Bits:N0} bits from a good generator: AES-256 in counter mode under the key
            SHA-256("{Options.Seed}"), the counter block being the number of the sequence and of the block (64 bits each, big-endian, from 0). A right test
            has a share α of p-values at or below α, and uniform p-values.

            - **false alarms** at α = 0.01 and 0.001: how many p-values were at or below it, and in brackets the exact binomial interval.
            - **P_T**: uniformity over ten bins, SP 800-22 Rev. 1a, 4.2.2. **D**: Kolmogorov's distance from uniform p-values.
            - *discrete*: the statistic takes so few values that it shows. No more false alarms than at α may occur, and no fewer than at the greatest
              attainable level up to α that was seen, which stands behind the interval; for P_T and D each p-value is spread evenly down to the next attainable one.
            - *bound*: the p-value is an upper bound, at most a share α is at or below α, and there is no uniformity. Only too many false
              alarms show: how far the bound is above the true p-value, too few false alarms, P_T and D are not checked.
            - **outside**: what is outside its interval. {Rows.Count:N0} p-values with {CalibrationRow.Checks} checks each are judged together: a single check of a right
              test is outside with a probability of at most {OutsideOfOne:G2}, any of all with at most {OutsideOfAll}.
            - *sequences*: those the test applies to; of fewer than {MultiSequenceRow.SequencesForUniformity} it is "not applied", and not calibrated.


            """
        );
        text.Append(introduction.ReplaceLineEndings("\n"));
        text.Append(CultureInfo.InvariantCulture, $"Result: {Summary}\n\n");
        text.Append(
            "| test | p-value | sequences | false alarms at 0.01 | at 0.001 | P_T | D | outside |\n|---|---|---:|---:|---:|---:|---:|---|\n"
        );
        foreach (var row in Rows)
            text.Append(Line(row)).Append('\n');
        return text.ToString();
    }

    private string Summary =>
        IsCalibrated ? "**nothing is outside.**" : $"**{Rows.Count(row => row.Outside.Count > 0)} of {Rows.Count} p-values are outside.**";

    private static string Line(CalibrationRow row)
    {
        var kind = row.Kind switch
        {
            PValueKind.Discrete => " *(discrete)*",
            PValueKind.Bound => " *(bound)*",
            _ => "",
        };
        var cells = new List<string> { row.Test + kind, row.PValueName, row.Applicable.ToString(CultureInfo.InvariantCulture) };
        cells.AddRange(row.Alarms.Select(alarm => row.Applicable == 0 ? "" : Cell(alarm)));
        cells.Add(row.Uniformity?.ToString("F4", CultureInfo.InvariantCulture) ?? "");
        cells.Add(row.Kolmogorov?.Distance.ToString("F4", CultureInfo.InvariantCulture) ?? "");
        cells.Add(row.Outside.Count == 0 ? "" : $"**{string.Join(", ", row.Outside)}**");
        return $"| {string.Join(" | ", cells)} |";
    }

    private static string Cell(FalseAlarms alarm) =>
        alarm.Attainable < alarm.Level
            ? string.Create(CultureInfo.InvariantCulture, $"{alarm.Count} ({alarm.Interval} of {alarm.Attainable:G3})")
            : $"{alarm.Count} ({alarm.Interval})";
}
