using System.Security.Cryptography;
using OpenEntropy.Continuity;
using OpenEntropy.Drbg;
using OpenEntropy.Pool;

namespace OpenEntropy.Output;

/// <summary>
/// Entropy-limited output: seed blocks XOR generator output, one block for every block's length, so that every bit given is backed by
/// credited entropy, and stays as unpredictable as the generator's output if the credit should be wrong.
/// </summary>
internal sealed class LimitedOutput(
    GeneratorSet generators,
    SeedPool pool,
    ResumeWatch watch,
    OutputCounts counts,
    PoolReport report,
    TimeProvider time
)
{
    /// <summary>What a full pool backs, bytes.</summary>
    public long MaximumBytes => (long)pool.Capacity * pool.BlockBytes;

    /// <summary>What the pool backs at this moment, bytes.</summary>
    public long BackedBytes => (long)pool.Counts.Available * pool.BlockBytes;

    /// <summary>Blocks that a call takes.</summary>
    /// <param name="length">Its length, bytes.</param>
    public int BlocksFor(int length) => (int)(((long)length + pool.BlockBytes - 1) / pool.BlockBytes);

    /// <summary>Fills, or waits for the blocks it needs. The blocks are taken, all or none, before a byte is given.</summary>
    /// <param name="destination">Zeroed on refusal.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null when filled, otherwise why not.</returns>
    public async ValueTask<EntropyRefusal?> FillAsync(Memory<byte> destination, TimeSpan timeout, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(destination.Length, MaximumBytes, nameof(destination));
        destination.Span.Clear();

        // Without a seed nothing is taken: the blocks would be lost.
        if (!generators.TryFill([]))
            return report.WhyNoSeed();

        var blocks = BlocksFor(destination.Length);
        var start = time.GetTimestamp();
        while (await pool.WaitAsync(blocks, timeout - time.GetElapsedTime(start), cancellation))
        {
            // Another caller may have taken the blocks meanwhile: then it waits again, within the same time.
            if (!TryFill(destination.Span, blocks))
                continue;
            counts.AddLimited(destination.Length);
            return null;
        }

        return report.WhyPoolDry(blocks);
    }

    /// <summary>The blocks are taken first and the rest generated after: whatever a clone took along, it generates something else.</summary>
    private bool TryFill(Span<byte> destination, int blocks)
    {
        using var seeds = new ReservedBlocks(pool, watch, blocks);
        if (!seeds.TryTakeOldest())
            return false;
        var filled = false;
        try
        {
            if (!generators.TryFill(destination) || !seeds.AreCurrent)
                return false;
            Words.Xor(destination, seeds.UseAll()[..destination.Length]);
            return filled = true;
        }
        finally
        {
            if (!filled)
                CryptographicOperations.ZeroMemory(destination);
        }
    }
}
