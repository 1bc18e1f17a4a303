using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Running;
using OpenEntropy.Cli.Trials;
using OpenEntropy.Health;
using OpenEntropy.Server.Health;

namespace OpenEntropy.Cli.Pools;

/// <summary>The account of a pool, for people.</summary>
internal static class PoolPage
{
    public static Page Of(CommandConsole console, EntropyPoolStatus status)
    {
        var page = new Page(console);
        page.Heading("pool");
        page.Values(
            ("state", new Cell(StateNames<PoolState>.Of(status.State), ToneOf(status.State))),
            ("reason", status.Reason),
            ("blocks available", $"{status.BlocksAvailable:N0} of {status.Capacity:N0}"),
            (
                "blocks produced",
                $"{status.BlocksProduced:N0} in {status.Uptime.TotalSeconds:0.0} s, {TrialFigures.Rate(status.BlocksPerSecond)} per second at full duty"
            ),
            (
                "blocks used",
                $"{status.BlocksUsed:N0} (replaced {status.BlocksReplaced:N0}, expired {status.BlocksExpired:N0}, discarded {status.BlocksDiscarded:N0})"
            ),
            ("raw samples in", $"{status.RawBytes:N0} bytes"),
            (
                "assessed bits in",
                $"{status.AssessedBitsIn:N0} (pending {status.AssessedBitsPending:N0}, discarded {status.AssessedBitsDiscarded:N0})"
            ),
            ("bits out in blocks", $"{status.BlocksProduced * status.BlockBits:N0}, {status.ExtractionRatio:0.###} per assessed bit in"),
            (
                "a block",
                $"{status.BlockBits} bits of {status.Hash}, from {status.BlockRequirementBits} assessed bits without the {status.LeaveOut} largest contributors"
            ),
            ("absorbed without credit", string.Join(", ", status.UncreditedInputs)),
            ("generators seeded", $"{status.GeneratorsSeeded} of {status.Generators}"),
            ("deviations", string.Join(" ", status.Deviations))
        );
        page.Heading("sources");
        page.Table(Sources(status));
        page.Line(States(status));
        return page;
    }

    private static Table Sources(EntropyPoolStatus status)
    {
        var table = new Table(
            "source",
            "state",
            Column.Number("samples"),
            Column.Number("samples/s"),
            Column.Number("claim"),
            Column.Number("credited bits"),
            Column.Sentence("why")
        );
        foreach (var source in status.Sources.Where(source => source.Expected))
            table.Add(
                source.Info.Name,
                new Cell(StateNames<SourceState>.Of(source.State), ToneOf(source.State)),
                $"{source.Samples:N0}",
                TrialFigures.Rate(source.SamplesPerSecond),
                source.ClaimedMinEntropy > 0 ? $"{source.ClaimedMinEntropy:0.###}" : "-",
                $"{source.CreditedBits:N0}",
                new Cell(source.Reason, Tone.Faint)
            );
        return table;
    }

    /// <summary>How many sources are in each state, those that are not selected or not there too.</summary>
    private static Cell States(EntropyPoolStatus status) =>
        new(
            string.Join(
                ", ",
                status
                    .Sources.GroupBy(source => source.State)
                    .OrderBy(group => group.Key)
                    .Select(group => $"{group.Count()} {StateNames<SourceState>.Of(group.Key).Replace('_', ' ')}")
            ),
            Tone.Faint
        );

    private static Tone ToneOf(PoolState state) =>
        state switch
        {
            PoolState.Healthy => Tone.Good,
            PoolState.Unhealthy => Tone.Bad,
            _ => Tone.Warning,
        };

    private static Tone ToneOf(SourceState state) =>
        state switch
        {
            SourceState.Healthy => Tone.Good,
            SourceState.Failed or SourceState.PermanentlyFailed => Tone.Bad,
            _ => Tone.Plain,
        };
}
