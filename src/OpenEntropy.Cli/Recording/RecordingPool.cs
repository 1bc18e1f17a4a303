using OpenEntropy.Cli.Pools;
using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Recording;

/// <summary>An engine that harvests in order to give raw samples.</summary>
internal static class RecordingPool
{
    private const int FewestBlocks = 8;

    /// <summary>A pool over a selection, not harvesting yet.</summary>
    /// <param name="console">Makes it.</param>
    /// <param name="sources">The selection.</param>
    /// <exception cref="CommandFailureException">The engine cannot be made of it.</exception>
    public static EntropyPool Create(CommandConsole console, string sources) =>
        LocalPool.Create(
            sources,
            console.CreatePool,
            options =>
            {
                // A source that earns gives away half of its samples: the other half is harvested as quickly, though nobody wants the blocks.
                options.Harvest.CpuBudget = 1;
                options.Harvest.RawCpuBudget = 1;
                options.Conditioning.LeaveOut = 0;
                options.Pool.Capacity = FewestBlocks;
            }
        );
}
