using OpenEntropy.Assessment.Restart;

namespace OpenEntropy.Assessment.Reports.Pages;

/// <summary>The restart test of SP 800-90B, 3.1.4.</summary>
internal static class RestartPages
{
    public static string Outcome(RestartTestResult restart) =>
        restart switch
        {
            { ValidatedEntropy: { } validated } => $"passed; {Figures.Short(validated)} bits per sample are validated.",
            { IsSane: false } =>
                $"failed; a symbol occurs {restart.Maximum:N0} times in a row or column, and {restart.Cutoff:N0} are allowed.",
            _ => "failed; the rows or columns have less than half of H_I.",
        };

    public static IEnumerable<Block> Of(RestartTestResult? restart)
    {
        if (restart is null)
            yield break;
        yield return new Heading(2, "Restart test (SP 800-90B, 3.1.4)");
        yield return new Table(
            [new Column("figure"), new Column("value", IsFigure: true), new Column("unit")],
            [
                ["H_I, initial entropy estimate", Figures.Short(restart.InitialEntropy), "bits per sample"],
                ["H_r, of the rows", Figures.Short(restart.RowEntropy), "bits per sample"],
                ["H_c, of the columns", Figures.Short(restart.ColumnEntropy), "bits per sample"],
                ["validated entropy", Figures.Short(restart.ValidatedEntropy), "bits per sample"],
                ["X_r, most of a symbol in a row", $"{restart.RowMaximum:N0}", "of 1,000 samples"],
                ["X_c, most of a symbol in a column", $"{restart.ColumnMaximum:N0}", "of 1,000 samples"],
                ["X_cutoff, simulated", $"{restart.Cutoff:N0}", "of 1,000 samples"],
                ["X_cutoff of the exact distribution", $"{restart.ExactCutoff:N0}", "of 1,000 samples"],
                ["alpha of a row or column", Figures.Short(restart.Alpha), "probability"],
                ["rounds of the simulation", $"{restart.SimulationRounds:N0}", "rounds"],
                ["seed of the simulation", $"{restart.Seed}", "–"],
            ]
        );
    }
}
