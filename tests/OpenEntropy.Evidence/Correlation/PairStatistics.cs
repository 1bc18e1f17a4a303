using System.Runtime.InteropServices;

namespace OpenEntropy.Evidence.Correlation;

/// <summary>The pairs of two sources so far.</summary>
internal sealed class PairStatistics
{
    private readonly List<byte> _samplesX = [];
    private readonly List<byte> _samplesY = [];
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
            Coefficients.Pearson(Numbers(_samplesX), Numbers(_samplesY)),
            SharedInformation.Of(CollectionsMarshal.AsSpan(_samplesX), CollectionsMarshal.AsSpan(_samplesY)),
            Coefficients.Spearman(CollectionsMarshal.AsSpan(_valuesX), CollectionsMarshal.AsSpan(_valuesY)),
            Coefficients.Spearman(Changes(_valuesX), Changes(_valuesY))
        );

    private static double[] Numbers(List<byte> samples) => [.. samples.Select(sample => (double)sample)];

    /// <summary>From each second measurement to the next: none is in two changes, so that changes are not made of one another.</summary>
    private static long[] Changes(List<long> values)
    {
        var changes = new long[values.Count / 2];
        for (var i = 0; i < changes.Length; i++)
            changes[i] = values[(2 * i) + 1] - values[2 * i];
        return changes;
    }
}

/// <summary>How much two sources go together.</summary>
/// <param name="Count">Pairs.</param>
/// <param name="Samples">Pearson's coefficient of the 8-bit samples.</param>
/// <param name="Information">What the 8-bit samples tell of each other in whatever way, as a coefficient.</param>
/// <param name="Ranks">Spearman's coefficient of the measurements at their full width.</param>
/// <param name="Changes">Spearman's coefficient of their changes from one measurement to the next, in which what moves slowly is not.</param>
internal readonly record struct PairFigures(int Count, Coefficient Samples, Coefficient Information, Coefficient Ranks, Coefficient Changes)
{
    /// <summary>True where another, longer look is worth its while.</summary>
    public bool IsSuspect => Samples.IsSuspect || Information.IsSuspect || Ranks.IsSuspect || Changes.IsSuspect;

    /// <summary>True where what chance may make of the samples' coefficients is less than what counts as correlated.</summary>
    public bool IsDecided => Samples.Bound <= Coefficient.Threshold && Information.Bound <= Coefficient.Threshold;
}
