namespace OpenEntropy.Evidence.Correlation;

/// <summary>The pairs of two sources so far.</summary>
internal sealed class PairStatistics
{
    private readonly List<double> _samplesX = [];
    private readonly List<double> _samplesY = [];
    private readonly List<long> _valuesX = [];
    private readonly List<long> _valuesY = [];

    /// <summary>How many there are.</summary>
    public int Count => _samplesX.Count;

    /// <summary>Adds a pair.</summary>
    /// <param name="x">Sample and measurement of one source.</param>
    /// <param name="y">Those of the other.</param>
    public void Add((byte Sample, long Value) x, (byte Sample, long Value) y)
    {
        _samplesX.Add(x.Sample);
        _samplesY.Add(y.Sample);
        _valuesX.Add(x.Value);
        _valuesY.Add(y.Value);
    }

    /// <summary>What they show.</summary>
    public PairFigures Figures() =>
        new(
            Count,
            Coefficients.Pearson(_samplesX.ToArray(), _samplesY.ToArray()),
            Coefficients.Spearman(_valuesX.ToArray(), _valuesY.ToArray())
        );
}

/// <summary>How much two sources go together.</summary>
/// <param name="Count">Pairs.</param>
/// <param name="Samples">Pearson's coefficient of the 8-bit samples.</param>
/// <param name="Ranks">Spearman's coefficient of the measurements at their full width.</param>
internal readonly record struct PairFigures(int Count, Coefficient Samples, Coefficient Ranks)
{
    /// <summary>True where another, longer look is worth its while.</summary>
    public bool IsSuspect => Samples.IsSuspect || Ranks.IsSuspect;
}
