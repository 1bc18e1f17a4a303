using System.CommandLine;
using System.Diagnostics;
using System.Text;
using OpenEntropy.Assessment;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Assessment.Reports;
using OpenEntropy.Cli.Analyze;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Options;
using OpenEntropy.Cli.Pools;
using OpenEntropy.Cli.Running;
using OpenEntropy.Cli.Trials;

namespace OpenEntropy.Cli.Report;

/// <summary><c>openentropy report</c>: a report on raw samples of sources, and on the output of a pool of them.</summary>
internal sealed class ReportCommand : Command, IHasExamples
{
    /// <summary>1,000,000 bits, which every test of SP 800-22 takes.</summary>
    private const int OutputBytes = 125_000;

    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(15);

    private readonly CommandConsole _console;
    private readonly TrialOptions _trial = new(samples: 20_000, seconds: 10);
    private readonly SourcesOption _sources = new();
    private readonly Option<string> _source = new("--source")
    {
        Description = "Report on one source, and not on output.",
        HelpName = "NAME",
    };
    private readonly Option<string> _output = new("--output") { Description = "Write the report to a file.", HelpName = "FILE" };
    private readonly JsonOption _json = new();

    public ReportCommand(CommandConsole console)
        : base("report", "Reports on raw samples of sources by SP 800-90B, and on the output of a pool of them by SP 800-22, in Markdown.")
    {
        _console = console;
        _source.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }] && Catalog.Refusal(given) is { } refusal)
                result.AddError($"{_source.Name} is '{given}': {refusal}.");
        });
        _output.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }])
                result.AddError($"{_output.Name} is empty, and is to name a file.");
        });
        Validators.Add(result =>
        {
            if (result.GetResult(_source) is { Implicit: false } && result.GetResult(_sources) is { Implicit: false })
                result.AddError("--source and --sources say the same: give one of them.");
        });
        _trial.AddTo(this);
        foreach (Option option in (Option[])[_sources, _source, _output, _json])
            Add(option);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Line, string Does)> Examples =>
        [
            ("openentropy report --source clock_jitter", "One source."),
            (
                "openentropy report --samples 1000000 --time 600 --output report.md",
                "The fast sources with as many samples as SP 800-90B asks for, and their output."
            ),
            (
                "openentropy report --sources silicon --json | jq '.sources[] | [.name, .assessed_min_entropy]'",
                "A category, for a program."
            ),
        ];

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken end)
    {
        using var file = parsed.GetValue(_output) is { } path ? Opened(path) : null;
        var (samples, limit) = _trial.Read(parsed);
        var one = parsed.GetValue(_source);
        var selection = one ?? parsed.GetRequiredValue(_sources);
        var progress = new ProgressLine(_console);
        try
        {
            var results = new TrialRound(_console, samples, limit).Run(SourceChoice.Of(_console, selection), end);
            var reports = Reports([.. results.Where(result => !result.IsDeselected)], progress, end);
            if (!reports.Exists(report => report.Assessment is not null))
                throw new CommandFailureException(WhyNone(reports, selection), ExitCodes.Unavailable);
            var output = one is null ? await OutputAsync(selection, progress, end) : null;
            Write(new MachineReport(_console.Time.GetUtcNow(), reports, output), parsed.GetValue(_json), file);
        }
        finally
        {
            progress.Clear();
        }

        return ExitCodes.Success;
    }

    private static ReportFile Opened(string path)
    {
        try
        {
            return new ReportFile(path);
        }
        catch (Exception exception) when (exception is AssessmentInputException or IOException or UnauthorizedAccessException)
        {
            throw new CommandFailureException(exception.Message);
        }
    }

    private static List<SourceReport> Reports(List<TrialResult> results, ProgressLine progress, CancellationToken end)
    {
        var (start, done) = (Stopwatch.GetTimestamp(), 0);
        return results.ConvertAll(result =>
        {
            var where = $"{result.Info.Name} ({done + 1} of {results.Count}){TrialRound.Left(start, done++, results.Count)}";
            return SourceReport.Of(
                result,
                new ReportOptions
                {
                    Kind = RecordingKind.Raw,
                    SymbolBits = SampleSet.MaximumSymbolBits,
                    Suites = ReportSuites.NonIid | ReportSuites.Quick,
                    Checkpoint = end.ThrowIfCancellationRequested,
                    Progress = what => progress.Show($"{where}: {what}"),
                }
            );
        });
    }

    private static string WhyNone(List<SourceReport> reports, string selection) =>
        reports is [{ Why: { } why, Trial.Info.Name: var name }]
            ? $"{name} gave nothing to report on: {why.TrimEnd('.')}."
            : $"None of the sources '{selection}' gave samples to report on.";

    /// <summary>The generators' output, and what SP 800-22 says of it.</summary>
    private async Task<SourceReport> OutputAsync(string selection, ProgressLine progress, CancellationToken end)
    {
        var bytes = new byte[OutputBytes];
        await using (var pool = LocalPool.Create(selection, _console.CreatePool, static _ => { }))
        {
            _ = pool.RunAsync(CancellationToken.None); // how it ends is in its status
            await PoolFilling.WaitAsync(
                pool,
                _console,
                status => status.BlocksAvailable > 1 || status.State == PoolState.Unhealthy,
                s_start,
                end
            );
            if (pool.TryGetBytes(bytes) is { } refusal)
                return new SourceReport(Trial: null, Assessment: null, $"There is none: {refusal.Message}");
        }

        var options = new ReportOptions
        {
            Kind = RecordingKind.Output,
            Checkpoint = end.ThrowIfCancellationRequested,
            Progress = what => progress.Show($"output: {what}"),
        };
        return SourceReport.Of(bytes, options);
    }

    private void Write(MachineReport report, bool json, ReportFile? file)
    {
        var bytes = json ? JsonDocumentOutput.Bytes(report.ToJson()) : Encoding.UTF8.GetBytes(report.ToMarkdown());
        if (file is null)
            TextOutput.Write(_console, bytes);
        else
            file.Write(bytes);
    }
}
