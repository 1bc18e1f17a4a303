using System.Globalization;
using System.Text;
using OpenEntropy.Evidence.Documents;

namespace OpenEntropy.Evidence.Correlation;

/// <summary>docs/independence.md: which sources go together on one machine.</summary>
internal static class IndependenceReport
{
    private const string GroupsTitle = "## Sources that share one credit";
    private const string Undecided = "undecided: too few pairs";
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

            - **r**: Pearson's coefficient of the 8-bit samples. It sees what rises and falls together.
            - **i**: what the 8-bit samples tell of each other in whatever way: the mutual information of their three highest bits or of their three lowest, whichever is more, less its mean over
              31 pairings shifted in time, as the coefficient of two normal variables that tell as much (Linfoot 1957): {Coefficient.Threshold} is 0.007 bit.
            - The samples are what earns credit, so **r and i decide**: sources above {Coefficient.Threshold} in either **share one credit**.
            - **ρ**: Spearman's rank coefficient of the measurements at their full width; **δ**: the same of their changes from one measurement to the next, in which what moves slowly is not.
              High, they show a common cause: where δ is much nearer to 0, a slow one (the load, the clock frequency, what else the host does); where it is not, one that moves single
              measurements of both (a lock, an interrupt, a processor that both want).
            - Why such sources keep their credits: credit is for the low byte, and a common cause costs of it as much as one source's low byte tells of the other's. That is what i measures, in the same
              pairs: a cause that moves both durations by more than their low bytes hold, while each has jitter of its own as wide as these, leaves the low bytes telling nothing of each other.
              Where it leaves anything above {Coefficient.Threshold}, they share. And the claims are an eighth of what was assessed, while the turns keep the causes of a moment apart.
            - **±**: three standard deviations: of independent pairs, 3/√n; where neighbouring measurements are alike, more, by leaving out one of 32 stretches after the other
              (block jackknife); of i, of the shifted pairings. Of all these coefficients a few are beyond it by chance.
            - A pair of which any is above {Coefficient.Threshold} is measured again with {PairMeasurement.RepeatWindows} times the pairs, and the repeat is shown. It counts where the repeat is above {Coefficient.Threshold} by
              more than ±, or above {Coefficient.Threshold} and ± with the same sign as before.
            - *undecided*: so few pairs came about, on a busy machine for the most part, that ± of r or i alone is above {Coefficient.Threshold}. Sources that earn share one credit then, until a measurement decides.
            - **in turns**: the same coefficients where the sources take turns of a millisecond, as in the service, paired by the place in neighbouring turns.
            - A pair with fewer than {PairMeasurement.EnoughPairs:N0} pairs in that time, or undecided then, has up to {PairMeasurement.MaximumWindows} times as long.

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

    /// <summary>The pairs of a document that were left undecided.</summary>
    /// <param name="document">As it is made here.</param>
    public static IReadOnlyList<(string X, string Y)> UndecidedPairs(string document) =>
        [
            .. document
                .Split('\n')
                .Where(line => line.EndsWith($"| {Undecided} |", StringComparison.Ordinal))
                .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
                .Select(cells => (cells[1].Trim('`'), cells[2].Trim('`'))),
        ];

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
        var groups = CreditGroups.Of(names, pairs.Where(pair => pair.SharesCredit || pair.IsUndecided).Select(pair => (pair.X, pair.Y)));
        if (groups.Count == 0)
            text.Append($"{NoGroups}\n");
        foreach (var group in groups)
            text.Append($"{GroupLine(group)}\n");

        var causes = pairs.Where(pair => pair is { HasCommonCause: true, SharesCredit: false }).ToList();
        text.Append("\n## Sources with a common cause\n");
        if (causes.Count == 0)
            text.Append("None beyond those above.\n");
        foreach (var pair in causes.OrderByDescending(pair => Math.Abs(pair.AtOnce.Ranks.Value ?? 0)))
            text.Append(
                $"- `{pair.X}` and `{pair.Y}`: ρ {Text(pair.AtOnce.Ranks)}, δ {Text(pair.AtOnce.Changes)}, and of the samples r {Text(pair.AtOnce.Samples)}, i {Text(pair.AtOnce.Information)}\n"
            );
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
        var table = new MarkdownTable("source", "source", "n:", "r:", "i:", "ρ:", "δ:", "in turns n:", "r:", "i:", "ρ:", "δ:", "finding");
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
        : !pair.AtOnce.IsDecided ? Undecided
        : pair.First is not null ? "not confirmed"
        : "";

    private static string[] Cells(PairFigures figures) =>
        figures.Count == 0
            ? ["–", "–", "–", "–", "–"]
            :
            [
                figures.Count.ToString("N0", CultureInfo.InvariantCulture),
                Text(figures.Samples),
                Text(figures.Information),
                Text(figures.Ranks),
                Text(figures.Changes),
            ];

    private static string Text(Coefficient coefficient) =>
        coefficient.Value is { } value
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{value:0.000;-0.000;0.000} ± {(double.IsFinite(coefficient.Bound) ? coefficient.Bound : 1):0.000}"
            )
            : "–";
}
