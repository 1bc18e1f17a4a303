using System.CommandLine;
using System.Diagnostics;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Options;
using OpenEntropy.Cli.Running;
using OpenEntropy.Cli.Trials;
using OpenEntropy.Health;

namespace OpenEntropy.Cli.Scan;

/// <summary><c>openentropy scan</c>: what noise sources this machine has. It opens each, tries it for a few milliseconds and closes it; nothing is served.</summary>
internal sealed class ScanCommand : Command, IHasExamples
{
    /// <summary>Everything but what is opt-in: whoever lists sources has not asked for the microphone.</summary>
    private const string Everything = "fast,slow";

    /// <summary>How long none of those that are left may give anything.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(0.5);

    private readonly CommandConsole _console;
    private readonly SourcesOption _sources = new();
    private readonly JsonOption _json = new();

    public ScanCommand(CommandConsole console)
        : base("scan", "Lists the noise sources of this machine: which work, which are fast, and what each is claimed to give.")
    {
        _console = console;
        _sources.Description =
            "List and try these alone: names, categories, globs, fast, slow, all, separated by commas. Default: all are listed, and those tried that are not opt-in.";
        _sources.DefaultValueFactory = _ => "";
        Add(_sources);
        Add(_json);
        SetAction((parsed, end) => Task.FromResult(Run(parsed.GetRequiredValue(_sources), parsed.GetValue(_json), end)));
    }

    public IReadOnlyList<(string Line, string Does)> Examples =>
        [
            ("openentropy scan", "All sources, by category."),
            ("openentropy scan --sources silicon,timing", "Two categories."),
            ("openentropy scan --json | jq -r '.sources[] | select(.speed == \"fast\").name'", "The names of the fast ones."),
        ];

    private int Run(string selection, bool json, CancellationToken end)
    {
        var start = Stopwatch.GetTimestamp();
        var choices = SourceChoice.Of(_console, selection.Length > 0 ? selection : Everything);
        var infos =
            selection.Length > 0 ? choices.Select(choice => choice.Noise.Info) : _console.NoiseSources().Select(noise => noise.Info);
        Dictionary<string, ScannedSource> tried;
        using (var trial = new BriefTrial(choices))
            tried = trial.Run(s_patience, end).ToDictionary(each => each.Info.Name, each => ScannedSource.Of(each), StringComparer.Ordinal);
        // fast and slow say something of what was found, and not only of what is to be tried.
        var left = choices
            .Where(choice => choice.OnlyIf != SourceSpeed.Unknown && tried[choice.Noise.Info.Name].IsOfAnotherSpeed(choice.OnlyIf))
            .Select(choice => choice.Noise.Info.Name)
            .ToHashSet(StringComparer.Ordinal);
        var body = ScanBody.Of(
            [
                .. infos
                    .Select(info => tried.GetValueOrDefault(info.Name) ?? ScannedSource.LeftAlone(info))
                    .Where(source => !left.Contains(source.Name)),
            ],
            Stopwatch.GetElapsedTime(start)
        );
        if (json)
            JsonDocumentOutput.Write(_console, body);
        else
            ScanPage.Of(_console, body).Print();
        return ExitCodes.Success;
    }
}
