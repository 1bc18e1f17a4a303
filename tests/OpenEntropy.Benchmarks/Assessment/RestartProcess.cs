using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Assessment;

/// <summary>The restart test (SP 800-90B, 3.1.4) of 1,000 samples from each of 1,000 restarts, as a whole process.</summary>
internal static class RestartProcess
{
    private const int Rounds = 3;
    private const string InitialEntropy = "7";
    private const string Target = "at most 10 s";

    /// <summary>Measures; NIST's <c>ea_restart</c>, which takes minutes of processor time, once and only at length.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        using var files = new SampleFiles();
        var path = files.Write("restart", MadeSamples.Random(MadeSamples.Usual));
        var runs = new List<ChildRun>();
        for (var round = 0; round < Rounds; round++)
        {
            runs.Add(await OpenEntropyProgram.AnalyzeAsync(path, "--no-header", "--restart", InitialEntropy));
        }

        var theirs =
            report.IsLong && NistTool.Find("EA_RESTART", "ea_restart", report) is { } tool
                ? await tool.RunAsync("-n", path, "8", InitialEntropy)
                : null;
        Print(report, "s", runs, theirs, run => run.WallSeconds);
        Print(report, "CPU s", runs, theirs, run => run.ProcessorSeconds);
        report.Row("restart test, peak memory", $"{runs.Max(run => run.PeakBytes) / 1e6:0} MB");
    }

    private static void Print(Report report, string unit, List<ChildRun> runs, ChildRun? theirs, Func<ChildRun, double> figure)
    {
        var ours = Median.Of(runs.Select(figure));
        var (comparison, ratio) = theirs is null ? ("", "") : ($"ea_restart {figure(theirs):0.0} {unit}", $"{figure(theirs) / ours:0.0}×");
        report.Row("restart test of 1,000 × 1,000", $"{ours:0.00} {unit}", comparison, ratio, Target);
    }
}
