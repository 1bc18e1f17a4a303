using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Assessment;

/// <summary>How the time of an assessment grows with the length of samples that hardly ever change: in proportion, or an upload could stop a service.</summary>
internal static class NearConstantGrowth
{
    private const int Rounds = 3;

    /// <summary>Measures each length and compares it with the half of it.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        await RunAsync(report, "zeros, rare marks", MadeSamples.RareMarks);
        await RunAsync(report, "zeros, regular marks", MadeSamples.RegularMarks);
        await RunAsync(report, "random, for comparison", MadeSamples.Random);
    }

    private static async Task RunAsync(Report report, string name, Func<int, byte[]> make)
    {
        using var files = new SampleFiles();
        var half = 0.0;
        for (var length = MadeSamples.Usual / 4; length <= 2 * MadeSamples.Usual; length *= 2)
        {
            var path = files.Write($"{length}", make(length));
            var least = double.PositiveInfinity;
            for (var round = 0; round < Rounds; round++)
            {
                var run = await OpenEntropyProgram.AnalyzeOnOneCoreAsync(path, "--no-header", "--suite", "non-iid");
                least = Math.Min(least, run.ProcessorSeconds);
            }

            var (comparison, ratio) = half > 0 ? ($"half as many {half:0.00} CPU s", $"{least / half:0.00}") : ("", "");
            report.Row($"{name}, {length:N0} samples", $"{least:0.00} CPU s", comparison, ratio, half > 0 ? "2: in proportion" : "");
            half = least;
        }
    }
}
