namespace OpenEntropy.Cli.Scan;

/// <summary>What <c>scan --json</c> writes.</summary>
/// <param name="Total">Sources looked for.</param>
/// <param name="Available">Of these, those that this machine has and that work.</param>
/// <param name="Fast">Of these, those that <c>fast</c> would take.</param>
/// <param name="Slow">Of these, those that <c>slow</c> would take.</param>
/// <param name="Seconds">How long looking and trying took.</param>
/// <param name="Sources">The sources by category.</param>
internal sealed record ScanBody(int Total, int Available, int Fast, int Slow, double Seconds, IReadOnlyList<ScannedSource> Sources)
{
    /// <summary>Counts the sources.</summary>
    public static ScanBody Of(IReadOnlyList<ScannedSource> sources, TimeSpan took)
    {
        var available = sources.Where(source => source.State == ScannedSource.Available).ToList();
        return new ScanBody(
            sources.Count,
            available.Count,
            available.Count(source => source.Speed == "fast"),
            available.Count(source => source.Speed == "slow"),
            Math.Round(took.TotalSeconds, 3),
            sources
        );
    }
}
