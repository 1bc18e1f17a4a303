using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Http;

/// <summary>Two resources loaded in turns, and the rows that tell of it.</summary>
internal static class SideBySide
{
    /// <summary>Seconds of one load.</summary>
    public const int RoundSeconds = 3;

    private const int Rounds = 3;
    private const double Mega = 1e6;

    private static readonly Bound s_tail = Bound.AtMost(3, "3");

    /// <summary>Measures.</summary>
    /// <param name="ours">The service and what is asked of it.</param>
    /// <param name="theirs">The comparison.</param>
    public static async Task<Pairs<Load>> MeasureAsync((ChildService Service, string Path) ours, (ChildService Service, string Path) theirs)
    {
        Task<Load> Ours() => Wrk.RunAsync(ours.Service, ours.Path, RoundSeconds);
        Task<Load> Theirs() => Wrk.RunAsync(theirs.Service, theirs.Path, RoundSeconds);
        await Ours(); // compiles the code
        await Theirs();
        return await Pairs<Load>.MeasureAsync(Rounds, Ours, Theirs);
    }

    /// <summary>Prints requests per second, or bytes of a stream.</summary>
    /// <param name="report">Where to.</param>
    /// <param name="name">What was measured.</param>
    /// <param name="comparedWith">With what.</param>
    /// <param name="pairs">The figures.</param>
    /// <param name="least">What the ratio is to reach.</param>
    /// <param name="isStream">Whether bytes count.</param>
    public static void Print(this Report report, string name, string comparedWith, Pairs<Load> pairs, Bound least, bool isStream = false)
    {
        double Rate(Load load) => isStream ? load.BytesPerSecond / Mega : load.RequestsPerSecond;
        var unit = isStream ? "MB/s" : "/s";
        report.Judged(
            pairs.Ratio(Rate),
            least,
            name,
            $"{pairs.OursMedian(Rate):#,0} {unit}",
            $"{comparedWith} {pairs.TheirsMedian(Rate):#,0} {unit}",
            $"{pairs.Ratio(Rate):0.00}"
        );
        report.Row(
            "  by the service's processor time",
            $"{pairs.OursMedian(load => load.RequestsPerProcessorSecond):#,0} /CPU s",
            $"{comparedWith} {pairs.TheirsMedian(load => load.RequestsPerProcessorSecond):#,0} /CPU s",
            $"{pairs.Ratio(load => load.RequestsPerProcessorSecond):0.00}"
        );
    }

    /// <summary>Prints what 99 of 100 answers took at most.</summary>
    /// <param name="report">Where to.</param>
    /// <param name="comparedWith">With what.</param>
    /// <param name="pairs">The figures.</param>
    public static void PrintTail(this Report report, string comparedWith, Pairs<Load> pairs) =>
        report.Judged(
            pairs.Ratio(load => load.P99Milliseconds),
            s_tail,
            $"  99 of 100 answers, {Wrk.Connections} connections",
            $"{pairs.OursMedian(load => load.P99Milliseconds):0.0} ms",
            $"{comparedWith} {pairs.TheirsMedian(load => load.P99Milliseconds):0.0} ms",
            $"{pairs.Ratio(load => load.P99Milliseconds):0.0}"
        );
}
