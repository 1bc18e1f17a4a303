using OpenEntropy.Benchmarks.Adapters;
using OpenEntropy.Benchmarks.Assessment;
using OpenEntropy.Benchmarks.Bytes;
using OpenEntropy.Benchmarks.Drbg;
using OpenEntropy.Benchmarks.Harvest;
using OpenEntropy.Benchmarks.Http;
using OpenEntropy.Benchmarks.Idle;
using OpenEntropy.Benchmarks.Metrics;
using OpenEntropy.Benchmarks.Page;
using OpenEntropy.Benchmarks.Pqc;
using OpenEntropy.Benchmarks.Running;
using OpenEntropy.Benchmarks.Start;

namespace OpenEntropy.Benchmarks;

/// <summary>One thing to measure.</summary>
/// <param name="report">Where the figures go.</param>
internal delegate Task Measurement(Report report);

/// <summary>What can be measured, by the words of the command line.</summary>
internal static class MeasurementGroups
{
    private const string All = "all";

    private static readonly (string Name, Measurement[] Measurements)[] s_groups =
    [
        ("drbg", [DrbgThroughput.RunAsync, PoolCalls.RunAsync]),
        ("adapters", [AdapterCalls.RunAsync]),
        ("harvest", [SourceRates.RunAsync, FullDuty.RunAsync, Trickle.RunAsync]),
        ("start", [StartTime.RunAsync, ReadyTime.RunAsync]),
        ("http", [HttpThroughput.RunAsync, NginxComparison.RunAsync, LimitedThroughput.RunAsync, ResidentMemory.RunAsync]),
        ("limits", [LimitCost.RunAsync]),
        ("metrics", [ScrapeTimes.RunAsync, RecordingCost.RunAsync]),
        ("idle", [IdleShare.RunAsync]),
        ("page", [PaintTimes.RunAsync, ViewerCost.RunAsync]),
        ("assess", [NonIidProcess.RunAsync, NearConstantGrowth.RunAsync]),
        ("estimators", [EstimatorTimes.RunAsync]),
        ("sp800-22", [BatteryTimes.RunAsync]),
        ("restart", [RestartProcess.RunAsync]),
        ("pqc", [AlgorithmTimes.RunAsync, MintTime.RunAsync, MintBesideRandom.RunAsync]),
        ("stream", [StreamTimes.RunAsync, FifoReads.RunAsync]),
    ];

    /// <summary>The measurements asked for.</summary>
    /// <param name="words">Names of groups.</param>
    /// <returns>Null when a word names no group.</returns>
    public static IReadOnlyList<Measurement>? Select(string[] words)
    {
        if (!words.All(word => word == All || s_groups.Any(group => group.Name == word)))
        {
            return null;
        }

        return [.. s_groups.Where(group => words.Contains(All) || words.Contains(group.Name)).SelectMany(group => group.Measurements)];
    }
}
