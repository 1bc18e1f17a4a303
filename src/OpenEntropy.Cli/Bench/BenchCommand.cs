using System.CommandLine;
using System.Diagnostics;
using OpenEntropy.Cli.Bytes;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Options;
using OpenEntropy.Cli.Running;
using OpenEntropy.Cli.Trials;

namespace OpenEntropy.Cli.Bench;

/// <summary><c>openentropy bench</c>: sources side by side by their raw samples, and how quickly a pool of them gives bytes.</summary>
internal sealed class BenchCommand : Command, IHasExamples
{
    private readonly CommandConsole _console;
    private readonly SourcesOption _sources = new();
    private readonly Option<OutputQuality[]?> _conditioning = NamedChoice.List(
        "--conditioning",
        ("drbg", OutputQuality.Drbg),
        ("limited", OutputQuality.Limited),
        ("raw", OutputQuality.Raw),
        ("none", OutputQuality.None)
    );
    private readonly TrialOptions _trial = new(samples: 10_000, seconds: 0.5);
    private readonly NumberOption<double> _outputTime = new(
        "--output-time",
        1,
        0.05,
        3_600,
        "Seconds for which each way of output is measured."
    );
    private readonly Option<bool> _assess = new("--assess") { Description = "Assess the samples by SP 800-90B, 6.3, and rank by that." };
    private readonly JsonOption _json = new();

    public BenchCommand(CommandConsole console)
        : base("bench", "Compares sources by their raw samples, and the ways in which a pool of them gives bytes.")
    {
        _console = console;
        _conditioning.Description = "Ways of output to measure. Default: drbg,limited,raw.";
        Add(_sources);
        Add(_conditioning);
        _trial.AddTo(this);
        foreach (Option option in (Option[])[_outputTime, _assess, _json])
            Add(option);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Line, string Does)> Examples =>
        [
            ("openentropy bench", "The fast sources and three ways of output."),
            (
                "openentropy bench --sources silicon --conditioning none --samples 100000 --time 10 --assess",
                "One category, assessed, without output."
            ),
            ("openentropy bench --conditioning drbg --json | jq '.outputs[].bytes_per_second'", "How quickly the generators give bytes."),
        ];

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken end)
    {
        var (samples, limit) = _trial.Read(parsed);
        var (selection, assess) = (parsed.GetRequiredValue(_sources), parsed.GetValue(_assess));
        var choices = SourceChoice.Of(_console, selection);
        var results = new TrialRound(_console, samples, limit).Run(choices, end);
        var sources = results.Where(result => !result.IsDeselected && result.Status?.State != Health.SourceState.Unavailable).ToList();
        var benched = Assessed(sources, assess, end);
        var ways = parsed.GetValue(_conditioning) is { Length: > 0 } given
            ? given
            : [OutputQuality.Drbg, OutputQuality.Limited, OutputQuality.Raw];
        var outputs = await new OutputBench(_console, TimeSpan.FromSeconds(parsed.GetValue(_outputTime))).RunAsync(selection, ways, end);
        if (benched.Count == 0)
            throw new CommandFailureException($"This machine has none of the sources '{selection}'.", ExitCodes.Unavailable);

        var body = BenchBody.Of(benched, outputs, assess);
        if (parsed.GetValue(_json))
            JsonDocumentOutput.Write(_console, body);
        else
            BenchPage.Of(_console, body, assess).Print();
        return benched.Exists(source => source.Samples > 0)
            ? ExitCodes.Success
            : throw new CommandFailureException("No source gave a sample.", ExitCodes.Unavailable);
    }

    private List<BenchedSource> Assessed(List<TrialResult> results, bool assess, CancellationToken end)
    {
        var progress = new ProgressLine(_console);
        var (start, done) = (Stopwatch.GetTimestamp(), 0);
        try
        {
            return results.ConvertAll(result =>
            {
                if (assess)
                    progress.Show(
                        $"assessing {result.Info.Name} ({done + 1} of {results.Count}){TrialRound.Left(start, done++, results.Count)}"
                    );
                return BenchedSource.Of(result, assess ? BenchedSource.Assess(result, end) : null);
            });
        }
        finally
        {
            progress.Clear();
        }
    }
}
