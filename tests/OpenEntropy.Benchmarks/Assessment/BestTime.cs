using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Assessment;

/// <summary>The least time of several, in this process: what the code costs, compiled and undisturbed.</summary>
internal static class BestTime
{
    /// <summary>Measures and prints a line.</summary>
    /// <param name="report">Where the figures go.</param>
    /// <param name="name">What is measured.</param>
    /// <param name="work">The work.</param>
    /// <param name="target">What is to be reached.</param>
    public static void Print(Report report, string name, Action work, string target = "")
    {
        var (wall, processor) = (double.PositiveInfinity, double.PositiveInfinity);
        for (var round = 0; round < (report.IsLong ? 15 : 5); round++)
        {
            var spent = Spent.Start();
            work();
            (wall, processor) = (Math.Min(wall, spent.WallSeconds), Math.Min(processor, spent.ProcessorSeconds));
        }

        report.Row(name, $"{1000 * wall:0.0} ms", $"{1000 * processor:0.0} CPU ms", "", target);
    }
}
