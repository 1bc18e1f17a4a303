using System.CommandLine;
using OpenEntropy.Assessment;
using OpenEntropy.Evidence.Documents;
using OpenEntropy.Evidence.Recordings;
using OpenEntropy.Evidence.Sources;

namespace OpenEntropy.Evidence.Commands;

/// <summary><c>record</c>: consecutive raw samples of each source, and the measurements behind them.</summary>
internal sealed class RecordCommand
{
    /// <summary>The most samples that an assessment takes of 8 bits each.</summary>
    public const int MaximumSamples = SampleSet.MaximumBits / SampleSet.MaximumSymbolBits;

    /// <summary>What SP 800-90B, 3.1.1 asks for.</summary>
    public const int UsualSamples = 1_000_000;

    private const int UsualSeconds = 600;
    private const int MaximumSeconds = 86_400;

    private readonly EvidenceConsole _console;
    private readonly SourceOptions _sources = new(byDefault: null);
    private readonly Option<int> _samples = SourceOptions.Number("--samples", "Samples of each source.", UsualSamples, 1, MaximumSamples);
    private readonly Option<int> _seconds = SecondsAtMost();

    private readonly Option<string> _output = new("--output")
    {
        Description = "The directory to write to, made where it is missing. Default: recordings.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "recordings",
    };

    public RecordCommand(EvidenceConsole console)
    {
        _console = console;
        Command = new Command(
            "record",
            "Records consecutive raw samples of each source selected, one source after the other, each open alone: NAME.bin and NAME.json, and the measurements behind them as NAME.wide.bin and NAME.wide.json."
        );
        _sources.AddTo(Command);
        Command.Add(_samples);
        Command.Add(_seconds);
        Command.Add(_output);
        Command.SetAction(Run);
    }

    /// <summary>The command.</summary>
    public Command Command { get; }

    /// <summary>The time limit of one recording.</summary>
    public static Option<int> SecondsAtMost() =>
        SourceOptions.Number(
            "--seconds-at-most",
            "A slow source is recorded so long at most, and what came is kept.",
            UsualSeconds,
            1,
            MaximumSeconds
        );

    private int Run(ParseResult parsed)
    {
        using var sources = SelectedSources.Of(_sources.Read(parsed), byDefault: _ => false);
        var folder = new RecordingFolder(parsed.GetRequiredValue(_output));
        var (samples, atMost) = (parsed.GetValue(_samples), TimeSpan.FromSeconds(parsed.GetValue(_seconds)));
        var (recorded, failed) = (0, 0);
        foreach (var source in sources.Selected)
        {
            if (SelectedSources.WhyWithout(source) is { } why)
            {
                _console.Out.WriteLine($"{source.Info.Name}: {why}");
                continue;
            }

            var recording = SourceRecorder.Take(
                source,
                samples,
                atMost,
                _console.Time,
                count => _console.Error.WriteLine($"{source.Info.Name}: {count:N0} samples")
            );
            _console.Out.WriteLine($"{source.Info.Name}: {Keep(recording, folder)}");
            recorded += recording.Samples.Length > 0 ? 1 : 0;
            failed += recording.HasFailed ? 1 : 0;
        }

        return recorded > 0 && failed == 0 ? ExitCodes.Success : ExitCodes.Failed;
    }

    private static string Keep(SourceRecording recording, RecordingFolder folder)
    {
        if (recording.Samples.Length == 0)
            return $"not recorded: {recording.Shortfall}";
        var path = folder.Write(recording);
        return $"{recording.Samples.Length:N0} samples, {recording.SamplesPerSecond:N0} a second"
            + (recording.Shortfall is { } why ? $", fewer than asked for: {why}" : "")
            + (recording.Measurements is null ? $"; {NothingWider.Of(recording.Source)}, so there is no wider file" : "")
            + $"; {path}.bin";
    }
}
