using System.CommandLine;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Options;
using OpenEntropy.Cli.Running;
using OpenEntropy.Cli.Trials;

namespace OpenEntropy.Cli.Probe;

/// <summary><c>openentropy probe</c>: raw samples of sources, with their health tests, quick metrics, rates and histogram. No pool, no conditioning.</summary>
internal sealed class ProbeCommand : Command, IHasExamples
{
    private readonly CommandConsole _console;
    private readonly Argument<string> _source = new("SOURCE")
    {
        Description = "Noise sources: names, categories, globs, fast, slow, all, separated by commas.",
    };
    private readonly TrialOptions _trial = new(samples: 20_000, seconds: 10);
    private readonly JsonOption _json = new();

    public ProbeCommand(CommandConsole console)
        : base("probe", "Looks at raw samples of sources: health tests, entropy, rates and histogram, beside the claim.")
    {
        _console = console;
        _source.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }] && Catalog.Refusal(given) is { } refusal)
                result.AddError($"SOURCE is '{given}': {refusal}.");
        });
        Add(_source);
        _trial.AddTo(this);
        Add(_json);
        SetAction((parsed, end) => Task.FromResult(Run(parsed, end)));
    }

    public IReadOnlyList<(string Line, string Does)> Examples =>
        [
            ("openentropy probe clock_jitter", "One source."),
            ("openentropy probe 'silicon,*_timing' --samples 100000", "A category and a glob."),
            ("openentropy probe fast --json | jq '.sources[] | [.name, .min_entropy.lower]'", "What is fast, for a program."),
        ];

    private int Run(ParseResult parsed, CancellationToken end)
    {
        var (samples, limit) = _trial.Read(parsed);
        var choices = SourceChoice.Of(_console, parsed.GetRequiredValue(_source));
        var results = new TrialRound(_console, samples, limit).Run(choices, end).Where(result => !result.IsDeselected).ToList();
        if (results is [{ Samples.Length: 0 } only])
            throw new CommandFailureException($"{only.Info.Name} gave no sample: {only.Why}.", ExitCodes.Unavailable);
        var body = new ProbeBody([.. results.Select(ProbedSource.Of)]);
        if (parsed.GetValue(_json))
            JsonDocumentOutput.Write(_console, body);
        else
            ProbePage.Of(_console, body).Print();
        return results.Exists(result => result.Samples.Length > 0)
            ? ExitCodes.Success
            : throw new CommandFailureException("No source gave a sample.", ExitCodes.Unavailable);
    }
}
