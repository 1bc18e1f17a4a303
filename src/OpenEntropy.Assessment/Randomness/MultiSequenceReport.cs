namespace OpenEntropy.Assessment.Randomness;

/// <summary>
/// What tests say of many sequences of one generator, as SP 800-22 Rev. 1a, 4.2 has it: for each p-value the share of sequences that pass, and
/// whether the p-values are uniform.
/// </summary>
public sealed record MultiSequenceReport
{
    /// <summary>α, the level of each test.</summary>
    public required double Alpha { get; init; }

    /// <summary>s, the number of sequences.</summary>
    public required int Sequences { get; init; }

    /// <summary>A row for each p-value, in the order of the tests.</summary>
    public required IReadOnlyList<MultiSequenceRow> Rows { get; init; }

    /// <summary>Whether every row that could be judged passes.</summary>
    public bool Accepted => Rows.All(row => row.ProportionAccepted != false && row.UniformityAccepted != false);

    /// <summary>Of the results of the same tests on each sequence.</summary>
    /// <param name="sequences">A list of results for each sequence, the same tests in the same order.</param>
    /// <param name="alpha">α, between 0 and 1; NIST's is 0.01.</param>
    /// <exception cref="AssessmentInputException">There is no sequence, or they are not of the same tests and p-values.</exception>
    public static MultiSequenceReport Of(IReadOnlyList<IReadOnlyList<RandomnessTestResult>> sequences, double alpha = 0.01)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        if (!(alpha > 0 && alpha < 1))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "α is between 0 and 1.");
        if (sequences.Count == 0)
            throw new AssessmentInputException("A report needs the results of one sequence at least; there are none.");
        var names = sequences[0].Select(result => result.Name).ToList();
        for (var i = 1; i < sequences.Count; i++)
        {
            if (!sequences[i].Select(result => result.Name).SequenceEqual(names, StringComparer.Ordinal))
                throw new AssessmentInputException(
                    $"The tests of sequence {i + 1} are not those of the first, {string.Join(", ", names)}."
                );
        }

        var rows = names.SelectMany((_, test) => RowsOf([.. sequences.Select(results => results[test])], alpha));
        return new MultiSequenceReport
        {
            Alpha = alpha,
            Sequences = sequences.Count,
            Rows = [.. rows],
        };
    }

    /// <summary>The rows of one test, which may have several p-values; one row without sequences where it applied to none.</summary>
    private static IEnumerable<MultiSequenceRow> RowsOf(List<RandomnessTestResult> results, double alpha)
    {
        var applicable = results.Where(result => result.Inapplicable is null).ToList();
        if (applicable.Count == 0)
            return [MultiSequenceRow.Of(results[0].Name, "", results[0].Kind, [], alpha)];
        var names = applicable[0].PValues.Select(p => p.Name).ToList();
        if (
            applicable.FindIndex(result => !result.PValues.Select(p => p.Name).SequenceEqual(names, StringComparer.Ordinal))
            is > 0
                and var other
        )
            throw new AssessmentInputException(
                $"The {results[0].Name} test has {applicable[other].PValues.Count} p-values of one sequence and {names.Count} of another, or others: "
                    + "all sequences are to be tested with the same parameters."
            );
        return applicable[0]
            .PValues.Select(
                (p, i) =>
                    MultiSequenceRow.Of(
                        results[0].Name,
                        p.Name,
                        results[0].Kind,
                        [.. applicable.Select(result => result.PValues[i].Value)],
                        alpha
                    )
            );
    }
}
