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
        var given = false;
        try
        {
            if (!pool.TryTakeOldest(seeds))
            {
                if (!await TryWaitAndTakeAsync(blocks, seeds, timeout, cancellation))
                    return report.WhyPoolDry(blocks);

                // A machine cloned during the wait holds the same generator output twice: what is given is generated after it.
                if (!generators.TryFill(destination.Span, fresh: false))
                    return report.WhyNoSeed();
            }

            Mix(destination.Span, seeds);
            counts.AddLimited(destination.Length);
            given = true;
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seeds);
            if (!given)
                CryptographicOperations.ZeroMemory(destination.Span);
        }
    }

    /// <summary>Another caller may take the blocks first: then it waits again, within the same time.</summary>
    private async ValueTask<bool> TryWaitAndTakeAsync(int blocks, byte[] seeds, TimeSpan timeout, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        while (await pool.WaitAsync(blocks, timeout - time.GetElapsedTime(start), cancellation))
        {
            // A resume during the wait is noticed before its blocks are taken.
            _ = watch.Look();
            if (pool.TryTakeOldest(seeds))
                return true;
        }

        return false;
    }

    private static void Mix(Span<byte> destination, ReadOnlySpan<byte> seeds)
    {
        for (var i = 0; i < destination.Length; i++)
            destination[i] ^= seeds[i];
    }
}
