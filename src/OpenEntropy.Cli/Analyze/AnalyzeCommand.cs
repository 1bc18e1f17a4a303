using System.CommandLine;
using System.Text;
using OpenEntropy.Assessment;
using OpenEntropy.Assessment.Reports;

namespace OpenEntropy.Cli.Analyze;

/// <summary>
/// <c>openentropy analyze</c>: a report on samples. It exits with 1 where a restart test was asked for and failed. No other part of a report is a
/// verdict: SP 800-22 has none on a single sequence, and samples need not be IID.
/// </summary>
internal sealed class AnalyzeCommand
{
    private readonly CommandConsole _console;
    private readonly AnalyzeOptions _options = new();

    public AnalyzeCommand(CommandConsole console)
    {
        _console = console;
        Command = new Command("analyze", "Assesses samples of a noise source, or tests random bytes (SP 800-90B, SP 800-22).");
        _options.AddTo(Command);
        Command.SetAction(parsed => Run(_options.Read(parsed)));
    }

    /// <summary>The command.</summary>
    public Command Command { get; }

    private int Run(AnalyzeRequest request)
    {
        try
        {
            OutputRefusal.Check(request);
            using var file = request.Output is { } output ? new ReportFile(output) : null;
            var report = Report(request);
            Write(request, report, file);
            return report.Restart is { IsPassed: false } ? ExitCodes.Failed : ExitCodes.Success;
        }
        catch (Exception exception) when (exception is AssessmentInputException or IOException or UnauthorizedAccessException)
        {
            var message = exception.Message.ReplaceLineEndings(" ");
            _console.Error.WriteLine($"openentropy: {message}");
            return ExitCodes.Usage;
        }
    }

    private AssessmentReport Report(AnalyzeRequest request)
    {
        var progress = new ProgressLine(_console);
        try
        {
            return SampleInput.Report(request, _console, request.Report with { Progress = progress.Show });
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
        if (file is not null)
        {
            file.Write(bytes);
            return;
        }

        using var output = _console.Out();
        output.Write(bytes);
        output.Flush();
    }
}
