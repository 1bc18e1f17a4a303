using OpenEntropy.Assessment.Reports;

namespace OpenEntropy.Cli.Analyze;

/// <summary>What <c>analyze</c> was asked for.</summary>
/// <param name="Path">What to read; - for standard input.</param>
/// <param name="IgnoresHeader">Whether a recording is taken for bare bytes.</param>
/// <param name="Form">The report's form.</param>
/// <param name="Output">The file to write it to; null: standard output.</param>
/// <param name="WithDetails">Whether text holds every intermediate value.</param>
/// <param name="Report">What the report is to hold.</param>
internal sealed record AnalyzeRequest(
    string Path,
    bool IgnoresHeader,
    ReportForm Form,
    string? Output,
    bool WithDetails,
    ReportOptions Report
)
{
    /// <summary>The source whose samples are recorded for the report, in memory; null: <see cref="Path"/> is read.</summary>
    public string? Source { get; init; }

    /// <summary>How many samples of it.</summary>
    public int Samples { get; init; }
}
