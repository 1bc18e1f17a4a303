using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OpenEntropy.Noise.Novel;

/// <summary>
/// The time that SHA-256 of fixed data takes. The digest is thrown away: no sample depends on it.
/// <para>
/// <b>Measured.</b> Sixteen calls of the platform's SHA-256, each on a block of the same size, with the same content. There are 64 blocks, visited
/// in turn, a quarter of them a sample, few enough for the near caches. (Over many more, each block's place decides part of its time: two recordings of
/// 4,096 blocks correlated by up to 0.5.)
/// </para>
/// <para>
/// <b>Why it varies.</b> The state of branch predictors, caches and store buffers, which everything else on the core influences, interrupts, and the
/// drift of the core's clock against the counter's.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> A virtual machine or container runs the same code; the hypervisor's interruptions add to it. A co-tenant on the
/// same cache disturbs it and sees a correlated view. An attacker with an idle machine of the same type predicts most of the duration, not its
/// jitter, which is why nothing is claimed.
/// </para>
/// </summary>
internal sealed unsafe class HashTimingSource : MeasuredSource
{
    private const int BlockBytes = 256;
    private const int LineBytes = 64;
    private const int BlockDistance = 4096 + LineBytes; // each block in a page of its own, and not all in the same cache sets
    private const int Blocks = 64;
    private const int BlocksPerSample = 16;
    private const int WarmUpSamples = 500;

    private byte* _data;
    private int _block;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "hash_timing",
            Category = NoiseCategory.Novel,
            Mechanism =
                "Time of sixteen calls of SHA-256 on the same content. Caches, predictors and the drift of the core's clock against the counter's vary it.",
            ClaimedMinEntropy = 0,
            ClaimBasis =
                "No claim: the lowest of several recordings of 200,000 to 1,000,000 samples on a quiet 2-core virtual machine is 0.833 bits, and an eighth of so little is less than the health tests can watch",
        };

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _data = (byte*)NativeMemory.AlignedAlloc(Blocks * BlockDistance, LineBytes);
        new Span<byte>(_data, Blocks * BlockDistance).Clear(); // pages of its own: all that nobody wrote to are the one page of zeros
        _block = 0;
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        if (_data is null)
            throw new NoiseSourceException("there is nothing to hash: the source is not open");
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        for (var i = 0; i < values.Length; i++)
        {
            var start = TickCounter.Read();
            for (var count = 0; count < BlocksPerSample; count++)
            {
                _ = SHA256.HashData(new ReadOnlySpan<byte>(_data + (_block * BlockDistance), BlockBytes), digest);
                _block = (_block + 1) % Blocks;
            }

            values[i] = TickCounter.Read() - start;
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        NativeMemory.AlignedFree(_data);
        _data = null;
    }
}
