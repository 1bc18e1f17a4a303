using OpenEntropy.Continuity;
using OpenEntropy.Drbg;
using OpenEntropy.Pool;

namespace OpenEntropy.Output;

/// <summary>Generator output with prediction resistance (SP 800-90A, 8.8): a reseed from the pool before every generate call.</summary>
internal sealed class FreshOutput(
    GeneratorSet generators,
    SeedPool pool,
    ResumeWatch watch,
    OutputCounts counts,
    PoolReport report,
    TimeProvider time
)
{
    /// <summary>What a full pool allows, bytes.</summary>
    public long MaximumBytes => (long)(pool.Capacity / Generator.BlocksPerSeed(pool.BlockBytes)) * CtrDrbg.MaximumRequestBytes;

    /// <summary>Blocks that a call takes.</summary>
    /// <param name="length">Its length, bytes.</param>
    public int BlocksFor(int length) => Generator.CallsFor(length) * Generator.BlocksPerSeed(pool.BlockBytes);

    /// <summary>Fills, or waits for the blocks it needs. All its seeds are taken, or none, before a byte is generated.</summary>
    /// <param name="destination">Zeroed on refusal.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null when filled, otherwise why not.</returns>
    public async ValueTask<EntropyRefusal?> FillAsync(Memory<byte> destination, TimeSpan timeout, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(destination.Length, MaximumBytes, nameof(destination));
        destination.Span.Clear();
        var blocks = BlocksFor(destination.Length);
        var start = time.GetTimestamp();
        while (await pool.WaitAsync(blocks, timeout - time.GetElapsedTime(start), cancellation))
        {
            // Another caller may have taken the blocks meanwhile: then it waits again, within the same time.
            if (!TryFill(destination.Span, blocks))
                continue;
            counts.AddDrbg(destination.Length);
            return null;
        }

        return report.WhyPoolDry(blocks);
    }

    private bool TryFill(Span<byte> destination, int blocks)
    {
        using var seeds = new ReservedBlocks(pool, watch, blocks);
        return seeds.TryTakeYoungest() && generators.TryFillFresh(destination, seeds);
    }
}
