using System.CommandLine;
using OpenEntropy.Evidence.Recordings;
using OpenEntropy.Evidence.Sources;
using OpenEntropy.Evidence.Tables;

namespace OpenEntropy.Evidence.Commands;

/// <summary><c>table</c>: records and assesses each source and writes the table of the evidence.</summary>
internal sealed class TableCommand
{
    private const int MaximumRounds = 1000;

    private readonly EvidenceConsole _console;
    private readonly SourceOptions _sources = new("all but those that are opt-in");
    private readonly Option<int> _samples = SourceOptions.Number(
        "--samples",
        "Samples of each source and round.",
        RecordCommand.UsualSamples,
        Health.ContinuousTests.StartupSamples,
        RecordCommand.MaximumSamples
    );
    private readonly Option<int> _rounds = SourceOptions.Number(
        "--rounds",
        "Recordings of each source, one round over all sources after the other; the lowest figure counts.",
        1,
        1,
        MaximumRounds
    );
    private readonly Option<int> _seconds = RecordCommand.SecondsAtMost();

    private readonly Option<string?> _recordings = new("--recordings")
    {
        Description = "A directory that keeps the recording behind each figure. Default: none is kept.",
        HelpName = "DIR",
    };
    private readonly DocumentFile _document;

    public TableCommand(EvidenceConsole console)
    {
        _console = console;
        _document = new DocumentFile("docs/evidence.md", console);
        Command = new Command("table", "Records and assesses each source selected (SP 800-90B, 6.3), and writes a table in Markdown.");
        _sources.AddTo(Command);
        Command.Add(_samples);
        Command.Add(_rounds);
        Command.Add(_seconds);
        Command.Add(_recordings);
        _document.AddTo(Command);
        Command.SetAction(Run);
    }

    /// <summary>The command.</summary>
    public Command Command { get; }

    private int Run(ParseResult parsed)
    {
        var path = _document.Check(parsed);
        using var sources = SelectedSources.Of(_sources.Read(parsed), byDefault: info => !info.OptIn);
        var (samples, rounds) = (parsed.GetValue(_samples), parsed.GetValue(_rounds));
        var atMost = TimeSpan.FromSeconds(parsed.GetValue(_seconds));
        var folder = parsed.GetValue(_recordings) is { } directory ? new RecordingFolder(directory) : null;

        var rows = sources.Selected.Select(EvidenceRow.Of).ToList();
        for (var round = 1; round <= rounds; round++)
        {
            foreach (var row in rows.Where(row => row.WhyWithout is null))
            {
                var recording = SourceRecorder.Take(row.Source, samples, atMost, _console.Time);
                if (row.Add(recording))
                    _ = folder?.Write(recording);
                _console.Error.WriteLine($"{round}/{rounds} {row.Source.Info.Name}: {row.Summary}");
            }
        }

        _document.Write(path, EvidenceTable.Text(rows, samples, rounds, atMost, _console.Time.GetUtcNow()));
        return rows.Exists(row => row.Samples > 0) && !rows.Exists(row => row.HasFailed) ? ExitCodes.Success : ExitCodes.Failed;
    }
}
