using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace OpenEntropy.Server.Metrics;

/// <summary>Keeps the text of the latest collection.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    /// <summary>Collects and exports; set by the reader.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>The text.</summary>
    public string Text { get; private set; } = "";

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Metric> batch)
    {
        var text = new PrometheusText();
        foreach (var metric in batch)
        {
            text.Add(metric);
        }

        Text = text.ToString();
        return ExportResult.Success;
    }
}
