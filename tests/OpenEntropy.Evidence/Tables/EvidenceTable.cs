using System.Globalization;
using System.Text;
using OpenEntropy.Evidence.Documents;
using OpenEntropy.Health;
using OpenEntropy.Noise;

namespace OpenEntropy.Evidence.Tables;

/// <summary>docs/evidence.md: what was measured of every source on one machine.</summary>
internal static class EvidenceTable
{
    private const double FastMilliseconds = 500; // for the 1,024 samples of the start-up test

    /// <summary>The document.</summary>
    /// <param name="rows">The sources.</param>
    /// <param name="command">The command that gives it.</param>
    /// <param name="samples">Samples asked for.</param>
    /// <param name="rounds">Recordings of each.</param>
    /// <param name="atMost">The time limit of each.</param>
    /// <param name="now">The date.</param>
    public static string Text(IReadOnlyList<EvidenceRow> rows, string command, int samples, int rounds, TimeSpan atMost, DateTimeOffset now)
    {
        var extent = string.Create(CultureInfo.InvariantCulture, $"at most {samples:N0} samples or {atMost.TotalSeconds:N0} s");
        var recordings =
            rounds == 1
                ? $"There is one recording of each, of {extent}."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"Of {rounds:N0} recordings of each, of {extent}, the one with the lowest figure counts."
                );
        var introduction = $"""
            # The evidence behind the claims

            Generated; do not edit:
            ```sh
            {command}
            ```

            {MachineText.Of(now)}

            - Each source was open alone; its samples are consecutive. {recordings}
            - **assessed**: min-entropy in bits per 8-bit sample, the lowest of the ten estimators of SP 800-90B, 6.3, as `openentropy analyze` computes it.
            - **claim**: what a sample is credited with, at most 1/3 bit and at most an eighth of the lowest figure ever assessed ([sources.md](sources.md)).
            - **fast**: {ContinuousTests.StartupSamples:N0} samples within {FastMilliseconds:0} ms.
            - **start-up test**: RCT and APT of SP 800-90B, 4.4 over the first {ContinuousTests.StartupSamples:N0} samples with the service's cutoffs, and their alarms in the rest of the
              recording. *total failure only*: no cutoff fits.

            **An estimator sees a sequence and no mechanism.** SHA-256 of a counter has no entropy and is assessed at 7.1. A low figure is bad news, a high one is no news: the claim
            rests on the argument in the source's file, and the figure can only take from it.


            """;
        var text = new StringBuilder(introduction.ReplaceLineEndings("\n"));
        text.Append(Measured(rows)).Append('\n');
        text.Append(Absent(rows));
        return text.ToString();
    }

    /// <summary>The cell that tells how much of a figure is claimed.</summary>
    /// <param name="claim">Bits per sample.</param>
    /// <param name="assessed">Assessed min-entropy, bits per sample; null where there is none.</param>
    internal static string Share(double claim, double? assessed) =>
        claim > 0 && assessed > 0 ? Number("0.0 %", claim / assessed.Value) : "–";

    /// <summary>The cell that tells whether a source is fast.</summary>
    /// <param name="milliseconds">For the samples of the start-up test.</param>
    internal static string Speed(double milliseconds) => milliseconds <= FastMilliseconds ? "fast" : "slow";

    private static MarkdownTable Measured(IReadOnlyList<EvidenceRow> rows)
    {
        var table = new MarkdownTable(
            "source",
            "category",
            "claim:",
            "samples:",
            "samples/s:",
            "ms per 1,024:",
            "speed",
            "assessed:",
            "claim / assessed:",
            "start-up test",
            "note"
        );
        foreach (var row in rows.Where(row => row.Samples > 0))
        {
            var info = row.Source.Info;
            var milliseconds = ContinuousTests.StartupSamples / row.SamplesPerSecond * 1000;
            table.Add(
                $"`{info.Name}`",
                SourceSelection.CategoryName(info.Category),
                CatalogSources.Claim(info.ClaimedMinEntropy),
                Number("N0", row.Samples),
                Number("N0", row.SamplesPerSecond),
                Number("0.0", milliseconds),
                Speed(milliseconds),
                row.Assessed is { } assessed ? Number("0.000", assessed) : "–",
                Share(info.ClaimedMinEntropy, row.Assessed),
                row.Startup,
                row.Note
            );
        }

        return table;
    }

    private static string Absent(IReadOnlyList<EvidenceRow> rows)
    {
        var absent = rows.Where(row => row.Samples == 0).ToList();
        if (absent.Count == 0)
            return "Every source selected was available.\n";
        var text = new StringBuilder("Not measured on this machine:\n\n");
        var table = new MarkdownTable("source", "category", "claim:", "why");
        foreach (var row in absent)
        {
            var info = row.Source.Info;
            table.Add(
                $"`{info.Name}`",
                SourceSelection.CategoryName(info.Category),
                CatalogSources.Claim(info.ClaimedMinEntropy),
                row.WhyWithout is { } why ? why
                    : row.HasFailed ? $"failed: {row.Note}"
                    : row.Note
            );
        }

        return text.Append(table).ToString();
    }

    private static string Number(string format, double value) => value.ToString(format, CultureInfo.InvariantCulture);
}
