using System.Security.Cryptography;
using OpenEntropy.Drbg;
using OpenEntropy.Pool;

namespace OpenEntropy.Output;

/// <summary>
/// Entropy-limited output: seed blocks XOR generator output, one block for every block's length, so that every bit given is backed by
/// credited entropy, and stays as unpredictable as the generator's output if the credit should be wrong.
/// </summary>
internal sealed class LimitedOutput(GeneratorSet generators, SeedPool pool, OutputCounts counts, PoolReport report, TimeProvider time)
{
    /// <summary>What a full pool backs, bytes.</summary>
    public long MaximumBytes => (long)pool.Capacity * pool.BlockBytes;

    /// <summary>Fills, or waits for the blocks it needs. The blocks are taken, all or none, before a byte is given.</summary>
    /// <param name="destination">Zeroed on refusal.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null when filled, otherwise why not.</returns>
    public async ValueTask<EntropyRefusal?> FillAsync(Memory<byte> destination, TimeSpan timeout, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(destination.Length, MaximumBytes, nameof(destination));
        if (!generators.TryFill(destination.Span, fresh: false))
            return report.WhyNoSeed();

        var blocks = (destination.Length + pool.BlockBytes - 1) / pool.BlockBytes;
        var seeds = GC.AllocateUninitializedArray<byte>(blocks * pool.BlockBytes, pinned: true);
        try
        {
            var start = time.GetTimestamp();
            while (!pool.TryTakeOldest(seeds))
            {
                if (await pool.WaitAsync(blocks, timeout - time.GetElapsedTime(start), cancellation))
                    continue;
                CryptographicOperations.ZeroMemory(destination.Span);
                return report.WhyPoolDry(blocks);
            }

            Mix(destination.Span, seeds);
            counts.AddLimited(destination.Length);
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seeds);
        }
    }

    private static void Mix(Span<byte> destination, ReadOnlySpan<byte> seeds)
    {
        for (var i = 0; i < destination.Length; i++)
            destination[i] ^= seeds[i];
    }
}
