using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OpenEntropy.Noise.Novel;

/// <summary>
/// The time that SHA-256 of fixed data takes. The digest is thrown away: no sample depends on it.
/// <para>
/// <b>Measured.</b> One call of the platform's SHA-256 on a block of the same size, with the same content, every time. The blocks lie scattered
/// over 16 MiB and are visited in a fixed order, so each call fetches its block past the near caches: on a quiet core a block that stays in
/// the first cache is hashed in the same time to within a step of the counter, and nothing is left to measure.
/// </para>
/// <para>
/// <b>Why it varies.</b> How far away the block and its page tables are held, which everything on the machine influences, the state of branch
/// predictors and store buffers, interrupts, and the drift of the core's clock against the counter's.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> A virtual machine or container runs the same code; the hypervisor's interruptions add to it. A co-tenant on the
/// same cache disturbs it and sees a correlated view. An attacker with an idle machine of the same type predicts most of the duration, not its
/// jitter, which is why so little is claimed.
/// </para>
/// </summary>
internal sealed unsafe class HashTimingSource : MeasuredSource
{
    private const int BlockBytes = 256;
    private const int BlockDistance = 4096 + 64; // each block in a page and a cache set of its own
    private const int Blocks = 4096;
    private const int Step = 1597; // odd, so the order visits every block
    private const int WarmUpSamples = 500;

    /// <summary>Bytes that it reads in.</summary>
    internal const int Bytes = Blocks * BlockDistance; // 16 MiB and a quarter

    private byte* _data;
    private int _block;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new NoiseSourceInfo
        {
            Name = "hash_timing",
            SharesCredit = "host",
            Category = NoiseCategory.Novel,
            Mechanism =
                "Time of SHA-256 on the same content, fetched from the far caches. Caches, predictors and the drift of the core's clock against the counter's vary it.",
            ClaimedMinEntropy = Math.Min(1.0 / 3, 1.764 / 8),
            ClaimBasis =
                "An eighth of 1.764 bits, the lowest of three assessments of SHA-256 on fixed data in the near cache (1,000,000 samples each)",
        }.ClaimedOnX64LinuxAlone(OperatingSystem.IsLinux(), RuntimeInformation.ProcessArchitecture);

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _data = SharedArea.Far.Take();
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
            var block = new ReadOnlySpan<byte>(_data + (_block * BlockDistance), BlockBytes);
            _block = (_block + Step) % Blocks;
            var start = TickCounter.Read();
            _ = SHA256.HashData(block, digest);
            values[i] = TickCounter.Read() - start;
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        SharedArea.Far.GiveBack(ref _data);
    }
}
