using System.Globalization;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Running;
using OpenEntropy.Server.Audit;

namespace OpenEntropy.Cli.Audit;

/// <summary>Tells what was found of an audit log.</summary>
internal static class AuditPage
{
    private const int Most = 20;

    /// <summary>As one JSON document.</summary>
    /// <param name="found">What was found.</param>
    public static object Body(AuditVerification found) =>
        new
        {
            Whole = found.IsWhole,
            Files = found.Files.Select(file => new { file.Path, file.Lines }),
            found.First,
            found.Entries,
            Head = new
            {
                found.Head.Sequence,
                found.Head.Hash,
                found.Time,
            },
            FromFound = found.HasFrom,
            found.SignedUpTo,
            found.Forged,
            Open = found.Open,
            Problems = found.Files.SelectMany(file =>
                file.Problems.Select(problem => new
                {
                    File = file.Path,
                    problem.Line,
                    problem.Kind,
                    What = problem.What,
                })
            ),
        };

    /// <summary>As text.</summary>
    /// <param name="console">Where to write.</param>
    /// <param name="found">What was found.</param>
    /// <param name="from">The hash that was asked for; null for none.</param>
    /// <param name="isSigned">Whether a checkpoint was found that the key signed; null where no key was given.</param>
    public static void Show(CommandConsole console, AuditVerification found, string? from, bool? isSigned)
    {
        var page = new Page(console);
        page.Line(
            new Cell(found.IsWhole ? "The audit log is whole." : "The audit log is not whole.", found.IsWhole ? Tone.Good : Tone.Bad)
        );
        page.Values(
            ("files", $"{found.Files.Count}"),
            ("entries", found.First is { } first ? $"{found.Entries:N0}, from {first} to {found.Head.Sequence}" : "none"),
            ("head", found.Head.Hash),
            ("of", found.Time?.UtcDateTime.ToString("u", CultureInfo.InvariantCulture) ?? ""),
            ("signed up to", found.SignedUpTo is { } signed ? $"{signed}" : ""),
            ("open acts", Numbers(found.Open))
        );
        var table = new Table("file", Column.Number("line"), "what", Column.Sentence("found"));
        foreach (var file in found.Files)
        {
            foreach (var problem in file.Problems)
                table.Add(
                    Path.GetFileName(file.Path),
                    $"{problem.Line}",
                    new Cell($"{problem.Kind}".ToLowerInvariant(), Tone.Bad),
                    problem.What
                );
        }

        if (found.HasFrom == false)
            page.Line(
                new Cell(
                    $"No entry has the hash {from}: entries were taken from the end of the log, or it was written anew, or that entry is older than the first that is kept.",
                    Tone.Bad
                )
            );
        if (found.Forged.Count > 0)
            page.Line(new Cell($"Checkpoints that name the key and were not signed by it: {Numbers(found.Forged)}.", Tone.Bad));
        else if (isSigned == false)
            page.Line(new Cell("No checkpoint is signed by the key.", Tone.Bad));
        if (table.Rows.Count > 0)
            page.Table(table);
        page.Print();
    }

    private static string Numbers(IReadOnlyList<long> numbers) =>
        numbers.Count > Most ? $"{string.Join(", ", numbers.Take(Most))} and {numbers.Count - Most} more" : string.Join(", ", numbers);
}
