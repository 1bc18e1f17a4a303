using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Silicon;

/// <summary>
/// The time that flushing a written cache line takes.
/// <para>
/// <b>Measured.</b> A line is written (not timed) and then flushed (clflush, mfence): every cache of the machine must give it up and the memory
/// take it back. The lines are visited along a fixed walk over 8 MiB. <c>dram_row_buffer</c> times the load that follows such a flush; here there
/// is none.
/// </para>
/// <para>
/// <b>Why it varies.</b> The coherence protocol's way to all caches, the memory controller's queue for writes, refresh, and the drift of the clocks
/// of core, fabric and memory against each other.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> The walk is public and no source of entropy. A virtual machine or container sees the same memory, and its
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
    private const int Lines = (8 << 20) / LineBytes;
    private const int WarmUpSamples = 128;

    private MachineCode? _flush;
    private byte* _lines;
    private int _line;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "cache_flush",
            Category = NoiseCategory.Silicon,
            Mechanism = "Time of flushing a written cache line to memory. Coherence traffic and the controller's queue for writes vary it.",
            ClaimedMinEntropy = Math.Min(1.0 / 3, 2.569 / 8),
            ClaimBasis =
                "An eighth of 2.569 bits, the lowest of several assessments of flushing a written line (200,000 to 1,000,000 samples each)",
        };

    /// <inheritdoc/>
    public override string? WhyUnavailable() => MachineCode.WhyNotX64();

    /// <inheritdoc/>
    protected internal override void Open()
    {
        // clflush [rdi]; mfence; ret
        _flush = new MachineCode([0x0F, 0xAE, 0x3F, 0x0F, 0xAE, 0xF0, 0xC3]);
        _lines = (byte*)NativeMemory.AlignedAlloc(Lines * LineBytes, LineBytes);
        _line = 0;
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
            // A linear congruential walk of full period (multiplier 1 mod 4, odd increment).
            _line = (int)(((_line * 69_069L) + 12_345) & (Lines - 1));
            var line = _lines + (_line * LineBytes);
            Volatile.Write(ref *line, (byte)i);
            var start = TickCounter.Read();
            flush(line);
            values[i] = TickCounter.Read() - start;
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        _flush?.Dispose();
        _flush = null;
        NativeMemory.AlignedFree(_lines);
        _lines = null;
    }
}
