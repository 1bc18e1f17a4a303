using OpenEntropy.Benchmarks.Running;
using OpenEntropy.Harvest;

namespace OpenEntropy.Benchmarks.Harvest;

/// <summary>The harvest of a full pool at the default budget.</summary>
internal static class Trickle
{
    private static readonly TimeSpan s_measured = TimeSpan.FromSeconds(20);

    /// <summary>Measures credited bits, blocks and processor time.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        await using var pool = EntropyPool.Start(FullPool.Options());
        await FullPool.WaitAsync(pool);
        var before = pool.Status;
        var spent = Spent.Start();
        await Task.Delay(s_measured, TimeProvider.System);
        var (wall, processor) = (spent.WallSeconds, spent.ProcessorSeconds);
        var after = pool.Status;

        var duty = $"{new HarvestOptions().CpuBudget:0.#%} duty";
        report.Row(
            $"{duty}, credited",
            $"{(after.AssessedBitsIn - before.AssessedBitsIn) / wall / 1000:0.00} kbit/s",
            target: "at least 2 kbit/s"
        );
        report.Row($"{duty}, blocks", $"{(after.BlocksProduced - before.BlocksProduced) / wall:0.00} /s", target: "at least 2 /s");
        report.Row($"{duty}, processor share", $"{processor / wall:0.0%} of a core", target: "at most 2 %");
    }
}
