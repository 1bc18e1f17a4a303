using OpenEntropy.Drbg;
using OpenEntropy.Pool;

namespace OpenEntropy.Output;

/// <summary>Generator output with prediction resistance (SP 800-90A, 8.8): a reseed from the pool before every generate call.</summary>
internal sealed class FreshOutput(GeneratorSet generators, SeedPool pool, OutputCounts counts, PoolReport report, TimeProvider time)
{
    /// <summary>What a full pool allows, bytes.</summary>
    public long MaximumBytes => (long)(pool.Capacity / Generator.BlocksPerSeed(pool.BlockBytes)) * CtrDrbg.MaximumRequestBytes;

    /// <summary>Fills, or waits for the blocks it needs.</summary>
    /// <param name="destination">Zeroed on refusal.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null when filled, otherwise why not.</returns>
    public async ValueTask<EntropyRefusal?> FillAsync(Memory<byte> destination, TimeSpan timeout, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(destination.Length, MaximumBytes, nameof(destination));
        var calls = Math.Max(1, (destination.Length + CtrDrbg.MaximumRequestBytes - 1) / CtrDrbg.MaximumRequestBytes);
        var blocks = calls * Generator.BlocksPerSeed(pool.BlockBytes);
        var start = time.GetTimestamp();
        while (await pool.WaitAsync(blocks, timeout - time.GetElapsedTime(start), cancellation))
        {
            // Another caller may have taken the blocks meanwhile: then it waits again, within the same time.
            if (generators.TryFill(destination.Span, fresh: true))
            {
                counts.AddDrbg(destination.Length);
                return null;
            }
        }

        destination.Span.Clear();
        return report.WhyPoolDry(blocks);
    }
}
