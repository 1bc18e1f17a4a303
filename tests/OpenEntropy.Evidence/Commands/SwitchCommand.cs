using System.CommandLine;
using System.Globalization;
using OpenEntropy.Evidence.Documents;
using OpenEntropy.Evidence.Sources;
using OpenEntropy.Evidence.Switching;
using OpenEntropy.Noise;

namespace OpenEntropy.Evidence.Commands;

/// <summary><c>switch</c>: opens and closes each source many times and looks what is left.</summary>
internal sealed class SwitchCommand
{
    private const int UsualRounds = 1000;
    private const int MaximumRounds = 1_000_000;

    private readonly EvidenceConsole _console;
    private readonly SourceOptions _sources = new("all but those that are opt-in");
    private readonly Option<int> _rounds = SourceOptions.Number(
        "--rounds",
        "How often each source is switched.",
        UsualRounds,
        1,
        MaximumRounds
    );
    private readonly Option<int> _seconds = SourceOptions.Number(
        "--seconds-at-most",
        "Where switching a source as the service does would take longer, it is opened and closed directly, and ends after this time, as a failure, with the rounds done.",
        300,
        1,
        86_400
    );

    public SwitchCommand(EvidenceConsole console)
    {
        _console = console;
        Command = new Command(
            "switch",
            "Switches each source selected on and off, and fails where descriptors, threads or mappings are left. So it does where the time is over before the rounds; the table says how many were done. Linux only."
        );
        _sources.AddTo(Command);
        Command.Add(_rounds);
        Command.Add(_seconds);
        Command.SetAction(Run);
    }

    /// <summary>The command.</summary>
    public Command Command { get; }

    private int Run(ParseResult parsed)
    {
        if (!OperatingSystem.IsLinux())
            throw new UsageException("what a process holds is read from /proc, which this system does not have");
        using var sources = SelectedSources.Of(_sources.Read(parsed), byDefault: info => !info.OptIn);
        var (rounds, atMost) = (parsed.GetValue(_rounds), TimeSpan.FromSeconds(parsed.GetValue(_seconds)));
        var table = new MarkdownTable("source", "rounds:", "each", "descriptors:", "threads:", "mappings:", "MB:", "result");
        var (done, failed) = (0, 0);
        foreach (var source in sources.Selected)
        {
            if (SourcePlatforms.WhyUnavailable(source) is { } why)
            {
                table.Add($"`{source.Info.Name}`", "0", "–", "–", "–", "–", "–", $"unavailable: {why}");
                continue;
            }

            var result = SwitchRun.Of(source, rounds, atMost);
            _console.Error.WriteLine($"{source.Info.Name}: {result.RoundsOfAsked} rounds, {result.Finding}");
            table.Add(Cells(source, result));
            done++;
            failed += result.IsComplete ? 0 : 1;
        }

        _console.Out.Write(table);
        return done > 0 && failed == 0 ? ExitCodes.Success : ExitCodes.Failed;
    }

    private static string[] Cells(NoiseSource source, SwitchResult result)
    {
        var (before, after) = (result.Before, result.After);
        return
        [
            $"`{source.Info.Name}`",
            result.RoundsOfAsked,
            result.How,
            $"{before.Descriptors.Count} → {after.Descriptors.Count}",
            $"{before.Threads} → {after.Threads}",
            $"{before.Mappings} → {after.Mappings}",
            $"{Megabytes(before.MappedBytes)} → {Megabytes(after.MappedBytes)}",
            result.IsComplete ? result.Finding : $"**{result.Finding}**",
        ];
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
}
