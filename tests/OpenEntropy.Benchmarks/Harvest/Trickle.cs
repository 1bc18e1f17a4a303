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
        var kilobits = (after.AssessedBitsIn - before.AssessedBitsIn) / wall / 1000;
        var blocks = (after.BlocksProduced - before.BlocksProduced) / wall;
        report.Judged(kilobits, Bound.AtLeast(2, "2 kbit/s"), $"{duty}, credited", $"{kilobits:0.00} kbit/s");
        report.Judged(blocks, Bound.AtLeast(2, "2 /s"), $"{duty}, blocks", $"{blocks:0.00} /s");
        report.Judged(processor / wall, Bound.AtMost(0.02, "2 %"), $"{duty}, processor share", $"{processor / wall:0.0%} of a core");
    }
}
