namespace OpenEntropy.Cli.Analyze;

/// <summary>The forms of a report.</summary>
internal enum ReportForm
{
    Text,
    Markdown,
    Json,
}
