using System.CommandLine;
using System.Text;
using OpenEntropy.Assessment;
using OpenEntropy.Assessment.Reports;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Analyze;

/// <summary>
/// <c>openentropy analyze</c>: a report on samples. It exits with 1 where a restart test was asked for and failed. No other part of a report is a
/// verdict: SP 800-22 has none on a single sequence, and samples need not be IID.
/// </summary>
internal sealed class AnalyzeCommand : Command, IHasExamples
{
    private readonly CommandConsole _console;
    private readonly AnalyzeOptions _options = new();

    public AnalyzeCommand(CommandConsole console)
        : base("analyze", "Assesses samples of a noise source, or tests random bytes (SP 800-90B, SP 800-22).")
    {
        _console = console;
        _options.AddTo(this);
        SetAction((parsed, end) => RunAsync(_options.Read(parsed), end));
    }

    public IReadOnlyList<(string Line, string Does)> Examples =>
        [
            ("openentropy analyze samples.bin --bits 8", "Min-entropy of samples of eight bits, by the estimators of SP 800-90B."),
            ("openentropy analyze --source dram_row_buffer", "A million raw samples of a source of this machine, taken now."),
            ("openssl rand 1000000 | openentropy analyze - --kind output", "Tests the output of any generator by SP 800-22."),
            (
                "openentropy analyze disk_io --suite all --format json --output report.json",
                "All there is to say of the recording disk_io.bin."
            ),
        ];

    private async Task<int> RunAsync(AnalyzeRequest request, CancellationToken end)
    {
        try
        {
            OutputRefusal.Check(request);
            using var file = request.Output is { } output ? new ReportFile(output) : null;
            var taken = request.Source is null ? null : await SourceInput.TakeAsync(request, _console, end);
            var report = Report(request, taken, end);
            Write(request, report, file);
            return report.Restart is { IsPassed: false } ? ExitCodes.Failed : ExitCodes.Success;
        }
        catch (Exception exception) when (exception is AssessmentInputException or IOException or UnauthorizedAccessException)
        {
            throw new CommandFailureException(exception.Message);
        }
    }

    private AssessmentReport Report(AnalyzeRequest request, Assessment.Recordings.Recording? taken, CancellationToken end)
    {
        var progress = new ProgressLine(_console);
        try
        {
            return SampleInput.Report(
                request,
                _console,
                taken,
                request.Report with
                {
                    Progress = progress.Show,
                    Checkpoint = end.ThrowIfCancellationRequested,
                }
            );
        }
        finally
        {
            progress.Clear();
        }
    }

    private void Write(AnalyzeRequest request, AssessmentReport report, ReportFile? file)
    {
        var bytes = request.Form switch
        {
            ReportForm.Json => report.ToJson(),
            ReportForm.Markdown => Encoding.UTF8.GetBytes(report.ToMarkdown()),
            _ => Encoding.UTF8.GetBytes(report.ToText(request.WithDetails)),
        };
        if (file is null)
            TextOutput.Write(_console, bytes);
        else
            file.Write(bytes);
    }
}
