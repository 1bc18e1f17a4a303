using System.Security.Cryptography;
using OpenEntropy.Adapters;
using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Adapters;

#pragma warning disable RS0030 // the comparisons, whose numbers nobody uses

/// <summary>
/// Calls of the adapters while the harvest trickles, against <see cref="Random"/>, which is no cryptographic generator, and the operating system's.
/// </summary>
internal static class AdapterCalls
{
    private const int Rounds = 5;
    private const double RoundSeconds = 0.4;
    private const int CallsBetweenLooks = 256;

    private static long s_sink;

    /// <summary>Measures each call.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        await using var pool = EntropyPool.Start(FullPool.Options());
        await FullPool.WaitAsync(pool);
        using var ours = new EntropyRandom(pool);
        using var numbers = new EntropyRandomNumberGenerator(pool);
        using var system = RandomNumberGenerator.Create();
        var theirs = new Random();
        var (small, large) = (new byte[32], new byte[1 << 20]);

        const string Plain = "System.Random";
        await CompareAsync(report, "as Random: Next()", () => s_sink += ours.Next(), Plain, () => s_sink += theirs.Next());
        await CompareAsync(report, "as Random: Next(100)", () => s_sink += ours.Next(100), Plain, () => s_sink += theirs.Next(100));
        await CompareAsync(report, "as Random: NextInt64()", () => s_sink += ours.NextInt64(), Plain, () => s_sink += theirs.NextInt64());
        await CompareAsync(
            report,
            "as Random: NextDouble()",
            () => s_sink += ours.NextDouble() < 0.5 ? 1 : 0,
            Plain,
            () => s_sink += theirs.NextDouble() < 0.5 ? 1 : 0
        );
        await CompareAsync(report, "as Random: NextBytes, 32 bytes", () => ours.NextBytes(small), Plain, () => theirs.NextBytes(small));
        await CompareAsync(report, "as Random: NextBytes, 1 MiB", () => ours.NextBytes(large), Plain, () => theirs.NextBytes(large), 4);
        const string Os = "RandomNumberGenerator";
        await CompareAsync(
            report,
            "as Random: Next(100)",
            () => s_sink += ours.Next(100),
            $"{Os}.GetInt32",
            () => s_sink += RandomNumberGenerator.GetInt32(100)
        );
        await CompareAsync(
            report,
            "as RandomNumberGenerator: GetBytes, 32 bytes",
            () => numbers.GetBytes(small),
            $"{Os}.Fill",
            () => RandomNumberGenerator.Fill(small)
        );
        await CompareAsync(
            report,
            "as RandomNumberGenerator: GetBytes, 1 MiB",
            () => numbers.GetBytes(large),
            $"{Os}.Fill",
            () => RandomNumberGenerator.Fill(large),
            4
        );
        await CompareAsync(
            report,
            "as RandomNumberGenerator: GetNonZeroBytes, 32 bytes",
            () => numbers.GetNonZeroBytes(small),
            Os,
            () => system.GetNonZeroBytes(small)
        );
    }

    private static async Task CompareAsync(
        Report report,
        string name,
        Action ours,
        string comparison,
        Action theirs,
        int callsBetweenLooks = CallsBetweenLooks
    )
    {
        Measure(ours, callsBetweenLooks); // compiles the code
        Measure(theirs, callsBetweenLooks);
        var pairs = await Pairs<double>.MeasureAsync(
            Rounds,
            () => Task.FromResult(Measure(ours, callsBetweenLooks)),
            () => Task.FromResult(Measure(theirs, callsBetweenLooks))
        );
        report.Row(
            name,
            Words(pairs.OursMedian(seconds => seconds)),
            $"{comparison} {Words(pairs.TheirsMedian(seconds => seconds))}",
            $"{1 / pairs.Ratio(seconds => seconds):0.00}×"
        );
    }

    private static string Words(double seconds) => seconds < 1e-6 ? $"{seconds * 1e9:0.0} ns CPU" : $"{seconds * 1e6:0.0} µs CPU";

    /// <summary>Seconds of processor time for one call.</summary>
    private static double Measure(Action call, int callsBetweenLooks)
    {
        var spent = Spent.Start();
        long calls = 0;
        while (spent.WallSeconds < RoundSeconds)
        {
            for (var i = 0; i < callsBetweenLooks; i++)
                call();
            calls += callsBetweenLooks;
        }

        return spent.ProcessorSeconds / calls;
    }
}
