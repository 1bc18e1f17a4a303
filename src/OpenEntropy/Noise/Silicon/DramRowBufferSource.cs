using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Silicon;

/// <summary>
/// The time that a load from main memory takes, along a fixed walk.
/// <para>
/// <b>Measured.</b> On x86-64 Linux each line is flushed from all caches (clflush, mfence) and loaded again, so the load reaches the DRAM wherever
/// the last-level cache is. Elsewhere there is no flush: dependent loads over 16 MiB leave the second-level cache, and the last level as well only
/// where it is smaller than that; a large server cache holds them, and then its interconnect is what is measured. Of that nothing is claimed.
/// </para>
/// <para>
/// <b>Why it varies.</b> Refresh, open rows and the order of the controller's queue, which every core and device shares, and the drift of the
/// clocks of core, fabric and memory against each other.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> The walk is public and no source of entropy. A virtual machine or container sees the same memory, and its
/// neighbours add to the noise. A co-tenant who times the same controller sees a correlated view, and an attacker who floods it shifts the mean. The
/// hypervisor may trap or emulate the counter.
/// </para>
/// </summary>
internal sealed unsafe class DramRowBufferSource : MeasuredSource
{
    private const int LineBytes = 64;
    private const int FlushedLines = (8 << 20) / LineBytes;
    private const int CachedLines = (16 << 20) / LineBytes;
    private const int CachedLoads = 16; // a cache's answer is quicker and steadier than the DRAM's: one alone is too near to the counter's step
    private const int WarmUpSamples = 2000;

    [SupportedOSPlatformGuard("linux")]
    private readonly bool _flushes;

    private MachineCode? _flush;
    private byte* _lines;
    private byte* _position;

    /// <summary>Flushes where this processor and system let it.</summary>
    public DramRowBufferSource()
        : this(MachineCode.Runs) { }

    internal DramRowBufferSource(bool flushes)
    {
        _flushes = flushes;
        Info = flushes ? Flushed : Cached;
    }

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; }

    private static NoiseSourceInfo Flushed { get; } =
        new()
        {
            Name = "dram_row_buffer",
            SharesCredit = "host",
            Category = NoiseCategory.Silicon,
            Mechanism =
                "Time of loading a memory line just flushed from the caches. Refresh, row conflicts and the controller's shared queue vary it.",
            ClaimedMinEntropy = Math.Min(1.0 / 3, 2.0 / 8),
            ClaimBasis = "An eighth of 2 bits, below the lowest of several assessments of a flushed load (2.106; 1,000,000 samples each)",
        };

    private static NoiseSourceInfo Cached { get; } =
        Flushed with
        {
            Mechanism =
                "Time of sixteen dependent loads over 16 MiB, from whichever cache or memory holds them. Caches, interconnect and memory, all shared, vary it.",
            ClaimedMinEntropy = 0,
            ClaimBasis = "No claim yet: only loads of flushed lines were assessed, and here nothing is flushed.",
            TestMinEntropy = Flushed.ClaimedMinEntropy,
        };

    /// <inheritdoc/>
    protected internal override void Open()
    {
        // clflush [rdi]; mfence; ret
        _flush = _flushes ? new MachineCode([0x0F, 0xAE, 0x3F, 0x0F, 0xAE, 0xF0, 0xC3]) : null;
        LayWalk(_flushes ? FlushedLines : CachedLines);
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        if (_lines is null)
            throw new NoiseSourceException("there is no memory to read: the source is not open");
        var flush = _flush is null ? null : (delegate* unmanaged[SuppressGCTransition]<byte*, void>)_flush.EntryPoint;
        var loads = flush is null ? CachedLoads : 1;
        var line = _position;
        for (var i = 0; i < values.Length; i++)
        {
            var start = TickCounter.Read();
            if (flush is not null)
                flush(line);
            for (var load = 0; load < loads; load++)
                line = (byte*)Volatile.Read(ref *(nint*)line);
            values[i] = TickCounter.Read() - start;
        }

        _position = line;
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

    /// <summary>Each line holds the address of the next: a linear congruential walk of full period (multiplier 1 mod 4, odd increment).</summary>
    private void LayWalk(int count)
    {
        _lines = (byte*)NativeMemory.AlignedAlloc((nuint)count * LineBytes, LineBytes);
        _position = _lines;
        for (long index = 0; index < count; index++)
        {
            var next = ((index * 69_069) + 12_345) & (count - 1);
            *(byte**)(_lines + (index * LineBytes)) = _lines + (next * LineBytes);
        }
    }
}
