using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Cli.Trials;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Server.Health;

namespace OpenEntropy.Cli.Report;

/// <summary>What <c>report</c> writes: the machine, its sources, and the output of a pool of them.</summary>
/// <param name="At">When it was made, UTC.</param>
/// <param name="Sources">The sources.</param>
/// <param name="Output">Output of the generators; null where it was not looked at.</param>
internal sealed record MachineReport(DateTimeOffset At, IReadOnlyList<SourceReport> Sources, SourceReport? Output)
{
    private readonly RecordingMachine _machine = RecordingMachine.ThisOne();

    /// <summary>The report as Markdown.</summary>
    public string ToMarkdown()
    {
        var page = new StringBuilder();
        page.Append(
            Sources is [{ Trial.Info.Name: var only }] && Output is null
                ? $"# Report on {only}\n\n"
                : "# Report on the noise sources of this machine\n\n"
        );
        Machine(page);
        page.Append("\nRaw samples were judged, never conditioned ones. Rates are those of a source that has the machine for itself.\n\n");
        Summary(page);
        foreach (var source in Sources)
            Section(page, source, source.Trial!.Info);
        if (Output is not null)
        {
            page.Append(
                "\n## Output of the generators\n\nBytes of the generators of a pool of these sources. That they pass says nothing of the sources: every good generator passes.\n"
            );
            Body(page, Output);
        }

        return page.ToString();
    }

    /// <summary>The report for a program.</summary>
    public JsonObject ToJson() =>
        new()
        {
            ["at"] = At.ToString("O", CultureInfo.InvariantCulture),
            ["product_version"] = OpenEntropyCommand.ProductVersion,
            ["machine"] = new JsonObject
            {
                ["cpu"] = _machine.Cpu,
                ["cores"] = _machine.Cores,
                ["virtualization"] = _machine.Virtualization,
                ["os"] = _machine.Os,
                ["kernel"] = _machine.Kernel,
            },
            ["sources"] = new JsonArray([.. Sources.Select(source => source.ToJson())]),
            ["output"] = Output?.ToJson(),
        };

    private void Machine(StringBuilder page)
    {
        page.Append($"- made: {At:yyyy-MM-dd HH:mm:ss} UTC by OpenEntropy {OpenEntropyCommand.ProductVersion}\n");
        page.Append($"- machine: {_machine.Cpu}, {_machine.Cores} cores, {_machine.Os}, kernel {_machine.Kernel}\n");
        page.Append($"- virtual machine: {_machine.Virtualization ?? "no sign of one"}\n");
    }

    private void Summary(StringBuilder page)
    {
        page.Append("| source | samples | samples/s | claim | SP 800-90B | quick min-entropy | failures | note |\n");
        page.Append("|--------|--------:|----------:|------:|-----------:|------------------:|---------:|------|\n");
        foreach (var (trial, report, why) in Sources)
            page.Append(
                $"| {trial!.Info.Name} | {trial.Samples.Length:N0} | {TrialFigures.Rate(trial.SamplesPerSecond)} | {trial.ClaimedMinEntropy:0.###} "
                    + $"| {report?.NonIid?.MinEntropy:0.000} | {report?.Quick?.MostCommonValue.Value:0.000} "
                    + $"| {trial.Status?.Failures.Values.Sum()} | {Escaped(why ?? trial.Why)} |\n"
            );
    }

    private static void Section(StringBuilder page, SourceReport source, NoiseSourceInfo info)
    {
        page.Append($"\n## {info.Name}\n\n");
        page.Append(
            $"- category: {SourceSelection.CategoryName(info.Category)}\n- mechanism: {info.Mechanism}\n- digitization: {info.Digitization}\n"
        );
        if (info.Clock is { } clock)
            page.Append($"- clock: {clock}\n");
        page.Append($"- claim: {source.Trial!.ClaimedMinEntropy:0.####} bit per sample. {info.ClaimBasis}\n");
        if (source.Trial.Status is { } status)
            page.Append($"- health: {StateNames<SourceState>.Of(status.State)}{(status.Reason is { } reason ? $", {reason}" : "")}\n");
        Body(page, source);
    }

    /// <summary>The report on its bytes below the heading, its own headings a level lower and its title left out.</summary>
    private static void Body(StringBuilder page, SourceReport source)
    {
        if (source.Why is not null)
            page.Append($"\n{source.Why}\n");
        if (source.Assessment is not { } report)
            return;
        foreach (var line in report.ToMarkdown().TrimEnd('\n').Split('\n').Skip(1))
            page.Append(line.StartsWith('#') ? "#" : "").Append(line).Append('\n');
    }

    private static string Escaped(string? text) => (text ?? "").Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
