namespace OpenEntropy.Server.Assessment;

/// <summary>
/// The assessments of one source. One is a noisy figure (about one perfect megabyte in five scores 6.638), so their minimum is kept for good,
/// and a percentile is given once there are enough.
/// </summary>
internal sealed record SourceHistory
{
    /// <summary>Assessments from which on a percentile is given.</summary>
    public const int PercentileFrom = 10;

    /// <summary>The latest assessments that are kept one by one.</summary>
    public const int Kept = 128;

    private const double Percentile = 0.05;

    /// <summary>Assessments ever done, those that are kept no more among them.</summary>
    public required long Count { get; init; }

    /// <summary>The lowest ever, bits per sample.</summary>
    public required double Minimum { get; init; }

    /// <summary>The latest, the oldest first; at least one.</summary>
    public required IReadOnlyList<AssessedFigure> Figures { get; init; }

    /// <summary>The latest.</summary>
    public AssessedFigure Latest => Figures[^1];

    /// <summary>The 5th percentile of those kept, by nearest rank, bits per sample; null while there are fewer than ten.</summary>
    public double? FifthPercentile =>
        Figures.Count < PercentileFrom
            ? null
            : Figures.Select(figure => figure.MinEntropy).Order().ElementAt((int)Math.Ceiling(Percentile * Figures.Count) - 1);

    /// <summary>A history with one more assessment.</summary>
    /// <param name="before">The history so far; null for none.</param>
    /// <param name="figure">The assessment.</param>
    public static SourceHistory Add(SourceHistory? before, AssessedFigure figure) =>
        before is null
            ? new SourceHistory
            {
                Count = 1,
                Minimum = figure.MinEntropy,
                Figures = [figure],
            }
            : new SourceHistory
            {
                Count = before.Count + 1,
                Minimum = Math.Min(before.Minimum, figure.MinEntropy),
                Figures = [.. before.Figures.TakeLast(Kept - 1), figure],
            };
}
