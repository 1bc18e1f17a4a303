using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Running;
using OpenEntropy.Cli.Trials;

namespace OpenEntropy.Cli.Bench;

/// <summary>Sources and ways of output side by side, for people.</summary>
internal static class BenchPage
{
    private const double Mega = 1e6;
    private const double Kilo = 1e3;

    public static Page Of(CommandConsole console, BenchBody body, bool assessed)
    {
        var page = new Page(console);
        page.Heading(assessed ? "raw samples, by assessed bits per second" : "raw samples, by claimed bits per second");
        page.Table(Sources(body.Sources, assessed));
        page.Line(
            new Cell(
                "quick: min-entropy by the most common value, bits per sample, lower end of 99 %; it is no assessment, and a counter scores full marks."
                    + (assessed ? " 90B: the estimators of SP 800-90B, 6.3." : " --assess adds the estimators of SP 800-90B, 6.3."),
                Tone.Faint
            )
        );
        if (body.Outputs.Count == 0)
            return page;
        page.Heading("output of a pool of these sources, one reader");
        var outputs = new Table("conditioning", Column.Number("bytes/s"), Column.Sentence("why"));
        foreach (var output in body.Outputs)
            outputs.Add(output.Conditioning, Bytes(output.BytesPerSecond), new Cell(output.Reason, Tone.Warning));
        page.Table(outputs);
        return page;
    }

    private static Table Sources(IReadOnlyList<BenchedSource> sources, bool assessed)
    {
        var table = new Table(
            "source",
            Column.Number("rank"),
            "speed",
            Column.Number("samples"),
            Column.Number("samples/s"),
            Column.Number("quick"),
            Column.Number("claim"),
            Column.Number("claimed bits/s"),
            Column.Number(assessed ? "90B" : ""),
            Column.Number(assessed ? "assessed bits/s" : ""),
            Column.Sentence("why")
        );
        foreach (var source in sources)
            table.Add(
                source.Name,
                $"{source.Rank}",
                source.Speed,
                $"{source.Samples:N0}",
                TrialFigures.Rate(source.SamplesPerSecond),
                source.MinEntropy is { } quick ? $"{quick.Lower:0.00}" : "",
                source.ClaimedMinEntropy > 0 ? $"{source.ClaimedMinEntropy:0.###}" : "-",
                TrialFigures.Rate(source.ClaimedBitsPerSecond),
                source.AssessedMinEntropy is { } figure ? $"{figure:0.000}" : "",
                TrialFigures.Rate(source.AssessedBitsPerSecond ?? 0),
                new Cell(source.Samples == 0 || source.Failures > 0 ? source.Reason : null, source.Samples == 0 ? Tone.Bad : Tone.Warning)
            );
        return table.WithoutEmptyColumns();
    }

    private static string Bytes(double perSecond) =>
        perSecond >= Mega ? $"{TrialFigures.Rate(perSecond / Mega)} MB/s"
        : perSecond >= Kilo ? $"{TrialFigures.Rate(perSecond / Kilo)} kB/s"
        : perSecond > 0 ? $"{TrialFigures.Rate(perSecond)} B/s"
        : "";
}
