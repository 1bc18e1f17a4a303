using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Assessment;

/// <summary>
/// The non-IID assessment of files as whole processes, in turns with NIST's <c>ea_non_iid</c>. That has one thread: the same run of it stands
/// against ours on all cores and on one.
/// </summary>
internal static partial class NonIidProcess
{
    private const double Mega = 1e6;

    /// <summary>Measures file after file.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        var tool = NistTool.Find("EA_NON_IID", "ea_non_iid", report);
        using var files = new SampleFiles();
        foreach (var (name, path) in Select(files))
        {
            var rounds = new List<Round>();
            for (var round = 0; round < (report.IsLong ? 3 : 1); round++)
            {
                rounds.Add(await MeasureAsync(path, tool, toolFirst: round % 2 == 1));
            }

            Print(report, name, rounds);
        }
    }

    private static IEnumerable<(string Name, string Path)> Select(SampleFiles files) =>
        [
            .. SampleFiles.Recorded("sp80090b/truerand_8bit", "sp80090b/biased-random-bytes", "noise/eventfd_rt"),
            ("random", files.Write("random", MadeSamples.Random(MadeSamples.Usual))),
            ("zeros, rare marks", files.Write("rare", MadeSamples.RareMarks(MadeSamples.Usual))),
            ("zeros, regular marks", files.Write("regular", MadeSamples.RegularMarks(MadeSamples.Usual))),
            ("zeros, a single 1", files.Write("single", MadeSamples.SingleMark(MadeSamples.Usual))),
            ("period 256", files.Write("period", MadeSamples.Period256(MadeSamples.Usual))),
        ];

    private static async Task<Round> MeasureAsync(string path, NistTool? tool, bool toolFirst)
    {
        string[] arguments = [path, "--no-header", "--suite", "non-iid", "--format", "json"];
        var theirs = toolFirst && tool is not null ? await tool.RunAsync(path) : null;
        var all = await OpenEntropyProgram.AnalyzeAsync(arguments);
        var one = await OpenEntropyProgram.AnalyzeOnOneCoreAsync(arguments);
        if (!toolFirst && tool is not null)
        {
            theirs = await tool.RunAsync(path);
        }

        return new Round(all, one, theirs);
    }

    private static void Print(Report report, string name, List<Round> rounds)
    {
        Print(report, $"{name}, all cores", rounds, round => round.All, run => run.WallSeconds, "s", "at least 8×, goal 15×");
        Print(report, $"{name}, one core", rounds, round => round.One, run => run.WallSeconds, "s", "at least 5×");
        Print(report, $"{name}, one core", rounds, round => round.One, run => run.ProcessorSeconds, "CPU s", "");
        var peak = rounds.Max(round => Math.Max(round.All.PeakBytes, round.One.PeakBytes)) / Mega;
        var theirs = rounds[0].Theirs is null ? "" : $"ea_non_iid {rounds.Max(round => round.Theirs!.PeakBytes) / Mega:0} MB";
        report.Row($"{name}, peak memory", $"{peak:0} MB", theirs, "", "at most 100 MB");
        Compare(report, name, rounds[0]);
    }

    private static void Print(
        Report report,
        string name,
        List<Round> rounds,
        Func<Round, ChildRun> ours,
        Func<ChildRun, double> figure,
        string unit,
        string target
    )
    {
        var median = $"{Median.Of(rounds.Select(round => figure(ours(round)))):0.00} {unit}";
        if (rounds[0].Theirs is null)
        {
            report.Row(name, median, "", "", target);
            return;
        }

        var more = rounds.Exists(round => round.Theirs!.IsStopped) ? ">" : "";
        var theirs = Median.Of(rounds.Select(round => figure(round.Theirs!)));
        var ratio = Median.Of(rounds.Select(round => figure(round.Theirs!) / figure(ours(round))));
        report.Row(name, median, $"ea_non_iid {more}{theirs:0.00} {unit}", $"{more}{ratio:0.0}×", target);
    }

    /// <summary>The figures that were so fast must be the same: H_original, and w H_bitstring where there is a bit string.</summary>
    private static void Compare(Report report, string name, Round round)
    {
        using var json = JsonDocument.Parse(round.One.Output);
        var ours = json.RootElement.GetProperty("minEntropy").GetDouble();
        if (round.Theirs is null or { IsStopped: true })
        {
            report.Row($"{name}, min-entropy", $"{ours:0.000000}");
            return;
        }

        var found = Minimum().Match(round.Theirs.Output) is { Success: true } both ? both : Original().Match(round.Theirs.Output);
        var theirs = double.Parse(found.Groups["bits"].Value, CultureInfo.InvariantCulture);
        if (!(Math.Abs(ours - theirs) <= 1e-6))
        {
            throw new MeasurementException($"{name}: the min-entropy is {ours}, and by ea_non_iid {theirs}");
        }

        report.Row($"{name}, min-entropy", $"{ours:0.000000}", $"ea_non_iid {theirs:0.000000}", "same");
    }

    [GeneratedRegex(@"^min\(.*\): (?<bits>\S+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Minimum();

    [GeneratedRegex(@"^H_original: (?<bits>\S+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Original();

    private sealed record Round(ChildRun All, ChildRun One, ChildRun? Theirs);
}
