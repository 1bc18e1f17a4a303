using System.Globalization;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Recording;

/// <summary>Tells what was recorded.</summary>
internal static class RecordReport
{
    /// <summary>Writes it.</summary>
    public static void Write(CommandConsole console, string folder, IReadOnlyList<SourceOutcome> outcomes, bool isJson)
    {
        if (isJson)
        {
            JsonDocumentOutput.Write(
                console,
                new
                {
                    Session = folder,
                    Sources = outcomes.Select(outcome => new
                    {
                        outcome.Source,
                        Samples = outcome.Header?.Samples ?? 0,
                        outcome.Header?.Start,
                        outcome.Header?.End,
                        outcome.Header?.Sha256,
                        outcome.BrokenOff,
                    }),
                }
            );
            return;
        }

        var page = new Page(console);
        page.Line(folder);
        var table = new Table("source", Column.Number("samples"), Column.Number("seconds"), Column.Sentence("broken off"));
        foreach (var outcome in outcomes)
        {
            var seconds = outcome.Header is { } header ? (header.End - header.Start).TotalSeconds : 0;
            table.Add(
                outcome.Source,
                $"{outcome.Header?.Samples ?? 0:N0}",
                seconds.ToString("0.0", CultureInfo.InvariantCulture),
                new Cell(outcome.BrokenOff ?? "", Tone.Warning)
            );
        }

        page.Table(table);
        page.Print();
    }
}
