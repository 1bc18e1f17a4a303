using System.Globalization;
using System.Text;
using OpenEntropy.Evidence.Documents;

namespace OpenEntropy.Evidence.Correlation;

/// <summary>docs/independence.md: which sources go together on one machine.</summary>
internal static class IndependenceReport
{
    private const string GroupsTitle = "## Sources that share one credit";
    private const string NoGroups = "None: no pair's samples go together above the threshold.";

    /// <summary>The document.</summary>
    /// <param name="names">The sources measured, in the order of the catalog.</param>
    /// <param name="absent">Those that were not, with the reason.</param>
    /// <param name="pairs">Every pair.</param>
    /// <param name="command">The command that gives it.</param>
    /// <param name="window">How long a pair collected.</param>
    /// <param name="now">The date.</param>
    public static string Text(
        IReadOnlyList<string> names,
        IReadOnlyList<(string Name, string Why)> absent,
        IReadOnlyList<SourcePair> pairs,
        string command,
        TimeSpan window,
        DateTimeOffset now
    )
    {
        var introduction = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            # Are the sources independent of each other?

            Generated; do not edit:
            ```sh
            {command}
            ```

            {MachineText.Of(now)}

            The service lets its credited sources take turns, so that no two collect at the same time. Here each pair **collects at once**, on two threads, which is the worst that can be:
            {names.Count} sources, {pairs.Count} pairs, {window.TotalSeconds:0.###} s each. Every measurement is timed, and each of the slower source is paired with the one of the
            faster that is nearest in time; none is in two pairs.

            - **r**: Pearson's coefficient of the 8-bit samples. The samples are what earns credit, so r decides: sources above {Coefficient.Threshold} **share one credit**.
            - **ρ**: Spearman's rank coefficient of the measurements at their full width. It shows a common cause (a load, a clock, a lock) that the low byte does not pass on: such sources keep
              their credits, and the turns are there for them.
            - **±**: three standard deviations: of independent pairs, 3/√n; where neighbouring measurements are alike, more, by leaving out one of 32 stretches after the other
              (block jackknife). Of all these coefficients a few are beyond it by chance.
            - A pair of which r or ρ is above {Coefficient.Threshold} is measured again with {PairMeasurement.RepeatWindows} times the pairs, and the repeat is shown. It counts where the repeat is above {Coefficient.Threshold} by
              more than ±, or above {Coefficient.Threshold} and ± with the same sign as before.
            - *undecided*: so few pairs came about, on a busy machine for the most part, that ± alone is above {Coefficient.Threshold}.
            - **in turns**: the same coefficients where the sources take turns of a millisecond, as in the service, paired by the place in neighbouring turns.
            - A source with fewer than {PairMeasurement.EnoughPairs:N0} measurements in that time has up to {PairMeasurement.MaximumWindows} times as long.

            A coefficient near 0 does not show that two sources are independent: it sees what goes up and down together, and nothing else.


            """
        );
        var text = new StringBuilder(introduction.ReplaceLineEndings("\n"));
        AppendGroups(text, names, pairs);
        AppendAbsent(text, absent);
        text.Append("\n## All pairs\nThose that count first, then by r.\n\n").Append(Table(pairs));
        return text.ToString();
    }

    /// <summary>Reads the groups of a document: under their title either the sentence that there is none, or a line with the members of each.</summary>
    /// <param name="document">As it is made here.</param>
    /// <exception cref="InvalidDataException">It has no such section, or one in another form.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Groups(string document)
    {
        var section = document
            .ReplaceLineEndings("\n")
            .Split('\n')
            .SkipWhile(line => line != GroupsTitle)
            .Skip(1)
            .TakeWhile(line => !line.StartsWith('#'))
            .Where(line => line.Length > 0)
            .ToList();
        if (section is [NoGroups])
            return [];
        if (section.Count == 0)
            throw new InvalidDataException($"There is nothing under '{GroupsTitle}'.");
        return [.. section.Select(Group)];
    }

    private static List<string> Group(string line)
    {
        var names = line.StartsWith("- ", StringComparison.Ordinal)
            ? line[2..].Split(", ").Where(name => name.Length > 2 && name[0] == '`' && name[^1] == '`').Select(name => name[1..^1]).ToList()
            : [];
        return names.Count > 1 && line == GroupLine(names) ? names : throw new InvalidDataException($"'{line}' is no group of sources.");
    }

    private static string GroupLine(IEnumerable<string> names) => $"- {string.Join(", ", names.Select(name => $"`{name}`"))}";

    private static void AppendGroups(StringBuilder text, IReadOnlyList<string> names, IReadOnlyList<SourcePair> pairs)
    {
        text.Append($"{GroupsTitle}\n");
        var groups = CreditGroups.Of(names, pairs.Where(pair => pair.SharesCredit).Select(pair => (pair.X, pair.Y)));
        if (groups.Count == 0)
            text.Append($"{NoGroups}\n");
        foreach (var group in groups)
            text.Append($"{GroupLine(group)}\n");

        var causes = pairs.Where(pair => pair is { HasCommonCause: true, SharesCredit: false }).ToList();
        text.Append("\n## Sources with a common cause\n");
        if (causes.Count == 0)
            text.Append("None beyond those above.\n");
        foreach (var pair in causes.OrderByDescending(pair => Math.Abs(pair.AtOnce.Ranks.Value ?? 0)))
            text.Append($"- `{pair.X}` and `{pair.Y}`: ρ {Text(pair.AtOnce.Ranks)}, in turns {Text(pair.InTurns.Ranks)}\n");
    }

    private static void AppendAbsent(StringBuilder text, IReadOnlyList<(string Name, string Why)> absent)
    {
        if (absent.Count == 0)
            return;
        text.Append("\n## Not measured\n");
        foreach (var (name, why) in absent)
            text.Append($"- `{name}`: {why}\n");
    }

    private static MarkdownTable Table(IReadOnlyList<SourcePair> pairs)
    {
        var table = new MarkdownTable("source", "source", "n:", "r:", "ρ:", "in turns n:", "r:", "ρ:", "finding");
        var sorted = pairs
            .OrderByDescending(pair => pair.SharesCredit)
            .ThenByDescending(pair => pair.HasCommonCause)
            .ThenByDescending(pair => Math.Abs(pair.AtOnce.Samples.Value ?? 0));
        foreach (var pair in sorted)
            table.Add([$"`{pair.X}`", $"`{pair.Y}`", .. Cells(pair.AtOnce), .. Cells(pair.InTurns), Finding(pair)]);
        return table;
    }

    private static string Finding(SourcePair pair) =>
        pair.Failure is { } failure ? $"not measured: {failure}"
        : pair.SharesCredit ? "**shares one credit**"
        : pair.HasCommonCause ? "common cause"
        : pair.AtOnce.Samples.Bound > Coefficient.Threshold ? "undecided: too few pairs"
        : pair.First is not null ? "not confirmed"
        : "";

    private static string[] Cells(PairFigures figures) =>
        figures.Count == 0
            ? ["–", "–", "–"]
            : [figures.Count.ToString("N0", CultureInfo.InvariantCulture), Text(figures.Samples), Text(figures.Ranks)];

    private static string Text(Coefficient coefficient) =>
        coefficient.Value is { } value
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{value:0.000;-0.000;0.000} ± {(double.IsFinite(coefficient.Bound) ? coefficient.Bound : 1):0.000}"
            )
            : "–";
}
