using System.CommandLine;
using OpenEntropy.Assessment.NonIid;
using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Assessment.Reports;
using OpenEntropy.Cli.Options;

namespace OpenEntropy.Cli.Analyze;

/// <summary>The arguments and options of <c>analyze</c>.</summary>
internal sealed class AnalyzeOptions
{
    private const int UsualSamples = 1_000_000;
    private const int FewestSamples = 1_000;

    private readonly Argument<string?> _path = new("PATH")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "A file of bytes, one sample each; a recording (its .bin or .json, both beside each other); or - for standard input.",
    };

    private readonly Option<string> _source = new("--source")
    {
        Description = "Assess a noise source of this machine, in place of PATH: its raw samples are taken now.",
        HelpName = "NAME",
    };

    private readonly NumberOption<int> _samples = new(
        "--samples",
        UsualSamples,
        FewestSamples,
        RecordingFile.MaximumSamples,
        "How many samples of --source."
    );

    private readonly Option<int?> _bits = new("--bits")
    {
        Description = "Declared width of a sample, 1 to 8 bits. Default: as the recording says, else up to the highest bit in use.",
        HelpName = "1..8",
    };

    private readonly Option<RecordingKind?> _kind = NamedChoice.One(
        "--kind",
        ("raw", RecordingKind.Raw),
        ("conditioned", RecordingKind.Conditioned),
        ("output", RecordingKind.Output)
    );

    private readonly Option<ReportSuites[]?> _suites = NamedChoice.List(
        "--suite",
        ("non-iid", ReportSuites.NonIid),
        ("iid", ReportSuites.Iid),
        ("sp800-22", ReportSuites.Sp80022),
        ("further", ReportSuites.Further),
        ("quick", ReportSuites.Quick),
        ("all", ReportSuites.All)
    );

    private readonly Option<Sp80022Mode?> _mode = NamedChoice.One(
        "--mode",
        ("corrected", Sp80022Mode.Corrected),
        ("sts-2.1.2", Sp80022Mode.Sts212)
    );
    private readonly Option<bool> _conditioned = new("--conditioned")
    {
        Description = "Assess conditioned output: h' of SP 800-90B, 3.1.5.2.",
    };
    private readonly Option<bool> _truncate = new("--truncate")
    {
        Description = "Estimate only the first 1,000,000 bits of the bit string.",
    };

    private readonly Option<double?> _restart = new("--restart")
    {
        Description = "Restart test (SP 800-90B, 3.1.4) of 1,000 samples from each of 1,000 restarts against H_I, bits per sample.",
        HelpName = "H_I",
    };

    private readonly Option<ulong?> _seed = new("--seed")
    {
        Description = "Seed of the cutoff that the restart test simulates; the report names it. Default: 1.",
        HelpName = "N",
    };

    private readonly Option<ReportForm?> _form = NamedChoice.One(
        "--format",
        ("text", ReportForm.Text),
        ("markdown", ReportForm.Markdown),
        ("json", ReportForm.Json)
    );

    private readonly Option<bool> _json = new("--json") { Description = "The same as --format json." };

    private readonly Option<string> _output = new("--output")
    {
        Description = "Write the report to a file, never over what is read.",
        HelpName = "FILE",
    };
    private readonly Option<bool> _noHeader = new("--no-header") { Description = "Take PATH for bare bytes, whatever stands beside it." };
    private readonly Option<bool> _details = new("--verbose", "-v") { Description = "Add every intermediate value to text." };

    private readonly Option<int?> _threads = new("--threads")
    {
        Description = "How many estimators run at once, 1 to 64. Default: one a core. No figure depends on it.",
        HelpName = "N",
    };

    public AnalyzeOptions()
    {
        _kind.Description = "What bare bytes are. Default: raw, with a warning.";
        _suites.Description = "What to compute. Default: non-iid,quick of raw samples, sp800-22,quick of others; beside --restart nothing.";
        _mode.Description = "Whose arithmetic SP 800-22 is in. Default: corrected.";
        _form.Description = "The report's form. Default: text.";
        EmptyPath.Refuse(_path, "file");
        EmptyPath.Refuse(_output, "file");
        _source.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }] && Catalog.RefusalOfOne(given) is { } refusal)
                result.AddError($"{_source.Name} is '{given}': {refusal}.");
        });
        Range(_bits, 1, SampleSetBits);
        Range(_threads, 1, NonIidOptions.MaximumParallelism);
    }

    private const int SampleSetBits = Assessment.SampleSet.MaximumSymbolBits;

    /// <summary>Adds all of them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_path);
        command.Validators.Add(result =>
        {
            var hasPath = result.GetResult(_path) is { Tokens.Count: > 0 };
            var hasSource = result.GetResult(_source) is { Tokens.Count: > 0 };
            if (hasPath == hasSource)
                result.AddError(
                    hasPath ? "PATH and --source are given: one of them is assessed." : "analyze needs PATH or --source: what to assess."
                );
            if (result.GetResult(_json) is { Implicit: false } && result.GetResult(_form) is { Tokens: [{ Value: "text" or "markdown" }] })
                result.AddError("--json and --format name two forms: give one of them.");
            if (!hasSource && result.GetResult(_samples) is { Implicit: false })
                result.AddError("--samples is given without --source: of a file, all samples are assessed.");
        });
        foreach (
            Option option in (Option[])
                [
                    _source,
                    _samples,
                    _bits,
                    _kind,
                    _suites,
                    _mode,
                    _conditioned,
                    _truncate,
                    _restart,
                    _seed,
                    _form,
                    _json,
                    _output,
                    _noHeader,
                    _details,
                    _threads,
                ]
        )
            command.Add(option);
    }

    /// <summary>Reads what was given.</summary>
    public AnalyzeRequest Read(ParseResult parsed) =>
        new(
            parsed.GetValue(_path) ?? SampleInput.StandardInput,
            parsed.GetValue(_noHeader),
            parsed.GetValue(_json) ? ReportForm.Json : parsed.GetValue(_form) ?? ReportForm.Text,
            parsed.GetValue(_output),
            parsed.GetValue(_details),
            new ReportOptions
            {
                Suites = parsed.GetValue(_suites) is { Length: > 0 } suites ? suites.Aggregate((all, each) => all | each) : null,
                SymbolBits = parsed.GetValue(_bits),
                Kind = parsed.GetValue(_kind),
                Conditioned = parsed.GetValue(_conditioned),
                TruncateBitString = parsed.GetValue(_truncate),
                RestartEntropy = parsed.GetValue(_restart),
                RestartSeed = parsed.GetValue(_seed) ?? new ReportOptions().RestartSeed,
                Sp80022Mode = parsed.GetValue(_mode) ?? Sp80022Mode.Corrected,
                Parallelism = parsed.GetValue(_threads) ?? new NonIidOptions().Parallelism,
            }
        )
        {
            Source = parsed.GetValue(_source),
            Samples = parsed.GetValue(_samples),
        };

    private static void Range(Option<int?> option, int least, int most) =>
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !(int.TryParse(result.Tokens[0].Value, out var value) && value >= least && value <= most))
                result.AddError($"{option.Name} is {result.Tokens[0].Value}, and can be {least} to {most}.");
        });
}
