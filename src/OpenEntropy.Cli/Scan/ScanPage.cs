using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Running;
using OpenEntropy.Cli.Trials;

namespace OpenEntropy.Cli.Scan;

/// <summary>The sources by category, for people.</summary>
internal static class ScanPage
{
    public static Page Of(CommandConsole console, ScanBody body)
    {
        var page = new Page(console);
        // The columns of all categories stand below each other.
        var name = "source".PadRight(body.Sources.Select(source => source.Name.Length).DefaultIfEmpty().Max());
        foreach (var category in body.Sources.GroupBy(source => source.Category, StringComparer.Ordinal))
        {
            page.Heading(category.Key);
            var table = new Table(
                name,
                "state".PadRight(ScannedSource.Unavailable.Length),
                "speed",
                Column.Number(" samples/s"),
                Column.Number("claim"),
                Column.Number("  bits/s"),
                Column.Sentence("why")
            );
            foreach (var source in category)
                table.Add(Cells(source));
            page.Table(table);
        }

        page.Heading($"{body.Available} of {body.Total} sources are available, {body.Fast} of them fast and {body.Slow} slow.");
        page.Line(
            new Cell(
                "claim: min-entropy in bits per 8-bit sample that may be credited; bits/s: claim times rate, with all of the time.",
                Tone.Faint
            )
        );
        return page;
    }

    private static Cell[] Cells(ScannedSource source) =>
        [
            source.Name,
            new Cell(source.State.Replace('_', ' '), ToneOf(source.State)),
            source.Speed,
            TrialFigures.Rate(source.SamplesPerSecond ?? 0),
            source.ClaimedMinEntropy > 0 ? $"{source.ClaimedMinEntropy:0.###}" : "-",
            TrialFigures.Rate(source.ClaimedBitsPerSecond ?? 0),
            new Cell(source.Reason, Tone.Faint),
        ];

    private static Tone ToneOf(string state) =>
        state switch
        {
            ScannedSource.Available => Tone.Good,
            ScannedSource.Failed => Tone.Bad,
            ScannedSource.NoAnswer => Tone.Warning,
            _ => Tone.Faint,
        };
}
