using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Silicon;

/// <summary>
/// The time that writing and flushing a cache line takes, four times.
/// <para>
/// <b>Measured.</b> A line, always the same, is written and then flushed (clflush, mfence): every cache of the machine must give it up and the memory
/// take it back. A single time would be a few dozen steps of a coarse counter; that of four has more room for what varies. (Along a walk over many
/// lines each line's place decides part of its time: two recordings of that correlated by 0.4.)
/// <c>dram_row_buffer</c> times the load that follows such a flush; here there is none.
/// </para>
/// <para>
/// <b>Why it varies.</b> The coherence protocol's way to all caches, the memory controller's queue for writes, refresh, and the drift of the clocks
/// of core, fabric and memory against each other.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> A virtual machine or container sees the same memory, and its
/// neighbours add to the noise. A co-tenant who flushes too sees a correlated view of the controller's load, and an attacker who floods it shifts the
/// mean. The hypervisor may trap or emulate the counter.
/// </para>
/// </summary>
[SupportedOSPlatform("linux")]
[SuppressMessage("Design", "CA1001", Justification = "A noise source gives back what it holds in Close, and may be opened again.")]
[SupportedProcessor(Architecture.X64)]
internal sealed unsafe class CacheFlushSource : MeasuredSource
{
    private const int LineBytes = 64;
    private const int FlushesPerSample = 4;
    private const int WarmUpSamples = 128;

    private MachineCode? _flush;
    private byte* _line;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "cache_flush",
            SharesCredit = "cache",
            Category = NoiseCategory.Silicon,
            Mechanism =
                "Time of flushing the same written cache line to memory four times. Coherence traffic and the controller's queue for writes vary it.",
            ClaimedMinEntropy = Math.Min(1.0 / 3, 2.0 / 8),
            ClaimBasis =
                "An eighth of 2 bits, below the lowest of several assessments of flushing a written line four to sixteen times (2.711; 200,000 to 1,000,000 samples)",
        };

    /// <inheritdoc/>
    public override string? WhyUnavailable() => MachineCode.WhyNotX64();

    /// <inheritdoc/>
    protected internal override void Open()
    {
        // clflush [rdi]; mfence; ret
        _flush = new MachineCode([0x0F, 0xAE, 0x3F, 0x0F, 0xAE, 0xF0, 0xC3]);
        _line = (byte*)NativeMemory.AlignedAlloc(LineBytes, LineBytes);
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        var code = _flush ?? throw new NoiseSourceException("the flush is not open");
        var flush = (delegate* unmanaged[SuppressGCTransition]<byte*, void>)code.EntryPoint;
        for (var i = 0; i < values.Length; i++)
        {
            var start = TickCounter.Read();
            for (var count = 0; count < FlushesPerSample; count++)
            {
                Volatile.Write(ref *_line, (byte)count);
                flush(_line);
            }

            values[i] = TickCounter.Read() - start;
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        _flush?.Dispose();
        _flush = null;
        NativeMemory.AlignedFree(_line);
        _line = null;
    }
}
