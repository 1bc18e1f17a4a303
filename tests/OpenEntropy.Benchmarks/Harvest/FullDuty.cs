using OpenEntropy.Benchmarks.Running;
using OpenEntropy.Pool;

namespace OpenEntropy.Benchmarks.Harvest;

/// <summary>The harvest as it runs until the pool is full: every fast source in its turn, with a pool too large to fill meanwhile.</summary>
internal static class FullDuty
{
    private const int NeverFull = 65_536;
    private const double JitterentropyKilobits = 34;
    private static readonly TimeSpan s_measured = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(2);

    /// <summary>Measures credited bits and blocks.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        await using var pool = EntropyPool.Start(new EntropyPoolOptions { Pool = new SeedPoolOptions { Capacity = NeverFull } });
        pool.GetBytes(new byte[1]); // the first block is there
        await Task.Delay(s_warmUp, TimeProvider.System); // code is compiled, and slower sources have passed their start-up tests
        var before = pool.Status;
        var spent = Spent.Start();
        await Task.Delay(s_measured, TimeProvider.System);
        var (wall, processor) = (spent.WallSeconds, spent.ProcessorSeconds);
        var after = pool.Status;

        var kilobits = (after.AssessedBitsIn - before.AssessedBitsIn) / 1000;
        report.Row(
            "full duty, credited",
            $"{kilobits / wall:0.0} kbit/s",
            $"jitterentropy's credit {JitterentropyKilobits:0} kbit/s",
            $"{kilobits / wall / JitterentropyKilobits:0.0}",
            "at least 150 kbit/s"
        );
        report.Row("full duty, credited by processor time", $"{kilobits / processor:0.0} kbit/CPU s");
        report.Row("full duty, processor share", $"{processor / wall:0.00} cores");
        report.Row("full duty, blocks", $"{(after.BlocksProduced - before.BlocksProduced) / wall:0.0} /s");
        foreach (var (source, earlier) in after.Sources.Zip(before.Sources))
        {
            if (source.CreditedBits > earlier.CreditedBits)
            {
                report.Row(
                    $"  of which {source.Info.Name}",
                    $"{(source.CreditedBits - earlier.CreditedBits) / wall / 1000:0.0} kbit/s",
                    $"collecting {(source.CollectionSeconds - earlier.CollectionSeconds) / wall:0.00} of the time"
                );
            }
        }
    }
}
