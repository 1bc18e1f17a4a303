using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Running;
using OpenEntropy.Cli.Trials;
using OpenEntropy.Server.Sources;

namespace OpenEntropy.Cli.Probe;

/// <summary>Probed sources, for people.</summary>
internal static class ProbePage
{
    private const int ValueColumn = 22;

    public static Page Of(CommandConsole console, ProbeBody body)
    {
        var page = new Page(console);
        foreach (var source in body.Sources)
        {
            page.Heading(source.Name);
            if (source.Source is { } status)
                Describe(page, source, status);
            if (source.Reason is not null)
                page.Line(new Cell(source.Reason, source.Samples == 0 ? Tone.Bad : Tone.Warning));
            if (source.Samples > 0)
                page.Values(("histogram", Histogram.Line(source.Histogram, console.Width - ValueColumn)));
            if (source is { Shannon: { } shannon, MinEntropy: { } least, Collision: { } collision })
                page.Table(Metrics(shannon, collision, least));
        }

        page.Line(new Cell("", Tone.Plain));
        page.Line(
            new Cell(
                "Metrics treat samples as independent: they are no assessment, and a counter scores full marks. report and analyze assess.",
                Tone.Faint
            )
        );
        return page;
    }

    private static void Describe(Page page, ProbedSource source, SourceBody status) =>
        page.Values(
            ("category", status.Category),
            ("mechanism", status.Mechanism),
            ("digitization", status.Digitization),
            ("clock", status.Clock),
            ("origin", status.Origin),
            ("samples", $"{source.Samples:N0}"),
            (
                "rate",
                source.Samples == 0
                    ? ""
                    : $"{TrialFigures.Rate(status.SamplesPerSecond)} samples/s{(source.Speed is { } speed ? $", {speed}" : "")}"
            ),
            ("claim", Claim(source, status)),
            ("claim basis", status.ClaimBasis),
            ("health", Health(status)),
            (
                "failures",
                $"{status.FailuresByTest["rct"]} repetition count, {status.FailuresByTest["apt"]} adaptive proportion, {status.FailuresByTest["total_failure"]} total"
            ),
            ("cutoffs", status.Cutoffs is { } cutoffs ? Cutoffs(cutoffs) : "none: watched for total failure only"),
            ("dropped", status.DroppedBytes.Values.Sum() is var dropped and > 0 ? $"{dropped:N0} samples ({Reasons(status)})" : "")
        );

    private static string Claim(ProbedSource source, SourceBody status) =>
        status.ClaimedMinEntropy > 0
            ? $"{status.ClaimedMinEntropy:0.####} bit per sample, {TrialFigures.Rate(source.ClaimedBitsPerSecond)} bits/s with all of the time"
            : "none: it earns no credit";

    private static string Cutoffs(CutoffsBody cutoffs) =>
        $"repetition count {cutoffs.RepetitionIntermittent} and {cutoffs.RepetitionPermanent}, adaptive proportion {cutoffs.ProportionIntermittent} and {cutoffs.ProportionPermanent} of {cutoffs.Window}";

    private static Cell Health(SourceBody status) =>
        status.Healthy ? new Cell("healthy: the start-up test passed", Tone.Good)
        : status.Failures > 0 ? new Cell($"{status.State}: {status.Reason}", Tone.Bad)
        : new Cell($"{status.State}: {status.Reason}");

    private static string Reasons(SourceBody status) =>
        string.Join(
            ", ",
            status.DroppedBytes.Where(each => each.Value > 0).Select(each => $"{each.Key.Replace('_', ' ')} {each.Value:N0}")
        );

    private static Table Metrics(Figure shannon, Figure collision, Figure least)
    {
        var table = new Table("bits per sample", Column.Number("value"), Column.Number("99 % from"), Column.Number("to"));
        foreach (
            var (name, figure) in (ReadOnlySpan<(string, Figure)>)
                [("Shannon entropy", shannon), ("collision entropy", collision), ("min-entropy", least)]
        )
            table.Add(name, $"{figure.Value:0.000}", $"{figure.Lower:0.000}", $"{figure.Upper:0.000}");
        return table;
    }
}
