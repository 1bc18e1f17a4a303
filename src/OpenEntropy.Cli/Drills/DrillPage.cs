using System.Globalization;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Running;
using OpenEntropy.Server.Drills;

namespace OpenEntropy.Cli.Drills;

/// <summary>A drill for people.</summary>
internal static class DrillPage
{
    /// <summary>The page.</summary>
    /// <param name="console">Where it is shown.</param>
    /// <param name="drill">The drill.</param>
    /// <param name="seen">What was seen of it; null where nobody waited.</param>
    public static Page Of(CommandConsole console, DrillBody drill, SeenDrill? seen)
    {
        var page = new Page(console);
        page.Heading(
            $"drill {drill.Id}: {drill.Kind}{(drill.Source is { } source ? $" of {source}" : "")}, {Seconds((drill.Ends - drill.Began).TotalSeconds)}"
        );
        page.Values([
            ("must show", $"within {Limit(drill.Bound)}: {drill.Bound.Basis}"),
            ("showed", Showed(drill, seen)),
            ("in /health", seen?.Reason),
            ("must clear", $"within {Limit(drill.ClearBound)} of its end: {drill.ClearBound.Basis}"),
            ("cleared", Cleared(drill, seen)),
            ("verdict", Verdict(drill, seen)),
        ]);
        return page;
    }

    private static Cell Showed(DrillBody drill, SeenDrill? seen)
    {
        if (seen is null)
            return default;
        if (drill.Shown is not { } shown)
            return new Cell("not at all", Tone.Bad);
        var samples = shown.AfterSamples is { } count ? $"{count.ToString("N0", CultureInfo.InvariantCulture)} samples, " : "";
        var test = shown.Test is { } name ? $" by {name}" : "";
        var inHealth = seen.ShownSeconds is { } when ? $"; /health said so after {Seconds(when)}" : "";
        return new Cell($"after {samples}{Seconds(shown.AfterSeconds)}{test}{inHealth}", shown.WithinBound ? Tone.Good : Tone.Bad);
    }

    private static Cell Cleared(DrillBody drill, SeenDrill? seen) =>
        seen is null ? default
        : drill.ClearedAfterSeconds is { } after ? $"{Seconds(after)} after its end"
        : new Cell($"not yet: it is {drill.State}", Tone.Bad);

    private static Cell Verdict(DrillBody drill, SeenDrill? seen) =>
        seen is null ? default
        : drill.Held == true ? new Cell("held: it showed and cleared within both bounds", Tone.Good)
        : new Cell("failed", Tone.Bad);

    private static string Limit(DrillBound bound) =>
        bound.Samples is { } samples and > 0
            ? $"{samples.ToString("N0", CultureInfo.InvariantCulture)} samples, about {Seconds(bound.Seconds)}"
            : Seconds(bound.Seconds);

    private static string Seconds(double seconds) => $"{seconds.ToString("0.##", CultureInfo.InvariantCulture)} s";
}
