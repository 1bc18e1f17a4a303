namespace OpenEntropy.Assessment.Quick;

/// <summary>
/// A figure over a short window of bytes, for watching a source live. It is not an assessment and earns no credit: it knows nothing of how one
/// sample depends on another, and a counter scores full marks.
/// </summary>
/// <param name="Name">What is measured.</param>
/// <param name="Value">The estimate, bits per sample, 0 to the width of a sample.</param>
/// <param name="PlugIn">The same of the observed proportions as they are, without correction or margin, bits per sample.</param>
/// <param name="Lower">The lower end of the confidence interval, bits per sample.</param>
/// <param name="Upper">The upper end of the confidence interval, bits per sample.</param>
/// <param name="Samples">How many samples it is of.</param>
public readonly record struct QuickMetric(string Name, double Value, double PlugIn, double Lower, double Upper, int Samples)
{
    /// <summary>The unit of the value and of the interval.</summary>
    public const string Unit = "bits per sample";

    /// <summary>The share of windows of independent samples whose interval holds the true figure, at least.</summary>
    public const double Confidence = 0.99;
}
