namespace OpenEntropy.Cli.Monitor.Figures;

/// <summary>Entropies at one moment, bits per sample.</summary>
/// <param name="Shannon">Of the histogram.</param>
/// <param name="Minimum">Min-entropy of the most common value; at most Shannon's.</param>
internal readonly record struct EntropyPoint(double Shannon, double Minimum);

/// <summary>The latest entropies of one source, one for each reading.</summary>
internal sealed class EntropyTrail
{
    /// <summary>Points kept: more than a screen has columns.</summary>
    public const int Capacity = 512;

    private readonly Queue<EntropyPoint> _points = new();

    /// <summary>Points, the latest last.</summary>
    public IReadOnlyCollection<EntropyPoint> Points => _points;

    /// <summary>Adds the latest.</summary>
    public void Add(EntropyPoint point)
    {
        if (_points.Count == Capacity)
            _points.Dequeue();
        _points.Enqueue(point);
    }
}
