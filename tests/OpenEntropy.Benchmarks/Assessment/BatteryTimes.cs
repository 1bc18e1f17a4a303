using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Assessment;

/// <summary>The fifteen tests of SP 800-22 on a million bits: each in this process, and all of them as a whole process against NIST's program.</summary>
internal static class BatteryTimes
{
    private const int Bits = 1_000_000;
    private const int Rounds = 5;
    private const string Target = "at most 1.5 s";

    /// <summary>Measures.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        var bytes = MadeSamples.Random(Bits / 8);
        InProcess(report, BitSequence.FromBytes(bytes));
        var tool = NistTool.Find("NIST_STS", "sts", report);
        using var files = new SampleFiles();
        var binary = files.Write("binary", bytes);
        var text = files.Write("text", [.. bytes.SelectMany(Digits)]);
        var pairs = await Pairs<ChildRun?>.MeasureAsync(
            Rounds,
            async () => await OpenEntropyProgram.AnalyzeAsync(binary, "--no-header", "--kind", "output", "--suite", "sp800-22"),
            async () => tool is null ? null : await tool.RunAsync(text)
        );
        Print(report, "all fifteen, whole process", "s", pairs, tool is not null, run => run!.WallSeconds);
        Print(report, "all fifteen, whole process", "CPU s", pairs, tool is not null, run => run!.ProcessorSeconds);
    }

    private static void InProcess(Report report, BitSequence bits)
    {
        var options = new RandomnessOptions();
        foreach (var test in RandomnessBattery.Sp80022)
        {
            BestTime.Print(report, $"  {test.Name}", () => test.Run(bits, options));
        }

        BestTime.Print(report, "all fifteen, in process", () => RandomnessBattery.Run(RandomnessBattery.Sp80022, bits), Target);
    }

    private static void Print(
        Report report,
        string name,
        string unit,
        Pairs<ChildRun?> pairs,
        bool isCompared,
        Func<ChildRun?, double> figure
    ) =>
        report.Row(
            name,
            $"{pairs.OursMedian(figure):0.00} {unit}",
            isCompared ? $"NIST's STS {pairs.TheirsMedian(figure):0.00} {unit}" : "",
            isCompared ? $"{1 / pairs.Ratio(figure):0.0}×" : "",
            Target
        );

    /// <summary>The digits of a byte's bits, the most significant first.</summary>
    private static IEnumerable<byte> Digits(byte value) => Enumerable.Range(0, 8).Select(i => (byte)('0' + ((value >> (7 - i)) & 1)));
}
