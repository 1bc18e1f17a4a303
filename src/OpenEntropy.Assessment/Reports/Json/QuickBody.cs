using OpenEntropy.Assessment.Quick;

namespace OpenEntropy.Assessment.Reports.Json;

/// <summary>Quick metrics, their unit, and the confidence of their intervals.</summary>
internal sealed record QuickBody(
    string Unit,
    double Confidence,
    int Samples,
    QuickMetric Shannon,
    QuickMetric MostCommonValue,
    QuickMetric Collision
)
{
    public static QuickBody Of(QuickMetrics quick) =>
        new(QuickMetric.Unit, QuickMetric.Confidence, quick.Shannon.Samples, quick.Shannon, quick.MostCommonValue, quick.Collision);
}
