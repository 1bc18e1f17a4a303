using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Silicon;

/// <summary>
/// The time that the first touch of a page takes.
/// <para>
/// <b>Measured.</b> Pages of one mapping are given back to the kernel (MADV_DONTNEED, not timed) and then written one after the other: each write
/// faults, and the kernel finds, clears and maps a page.
/// </para>
/// <para>
/// <b>Why it varies.</b> Which page the allocator has at hand and whether its lines are cached, the walk through the page tables (two of them in
/// a virtual machine), locks and interrupts.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> A virtual machine adds the host's page tables and, where memory is ballooned, its allocator. A container shares
/// the host's allocator and has its own memory limit: under pressure the fault reclaims and becomes slow. A co-tenant who allocates shifts the mean.
/// An attacker without rights sees how many faults there are, not their times; the host sees every nested fault and can make each as slow as it
/// likes.
/// </para>
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class PageFaultTimingSource : MeasuredSource
{
    private const int Pages = 512; // enough that a fault rarely gets the page given back last
    private const int WarmUpSamples = 128;

    private readonly nuint _length = (nuint)(Pages * Environment.SystemPageSize);
    private byte* _region;
    private int _touched;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "page_fault_timing",
            SharesCredit = "host",
            Category = NoiseCategory.Silicon,
            Mechanism =
                "Time of the first write to a page given back to the kernel. The allocator, the page tables and their caches vary it.",
            ClaimedMinEntropy = Math.Min(1.0 / 3, 3.318 / 8),
            ClaimBasis =
                "An eighth of 3.318 bits, the lowest of several assessments of a discarded page's first touch (50,000 to 1,000,000 samples each), and at most 1/3",
        };

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _region = PosixMemory.Map(_length);
        LinuxMemory.KeepPagesSmall(_region, _length);
        _touched = 0;
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        if (_region is null)
            throw new NoiseSourceException("there is no page: the source is not open");
        var pageSize = Environment.SystemPageSize;
        for (var i = 0; i < values.Length; i++)
        {
            if (_touched == Pages)
            {
                LinuxMemory.Discard(_region, _length);
                _touched = 0;
            }

            var page = _region + ((nint)_touched++ * pageSize);
            var start = TickCounter.Read();
            Volatile.Write(ref *page, 1);
            values[i] = TickCounter.Read() - start;
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        if (_region is not null)
            PosixMemory.Unmap(_region, _length);
        _region = null;
    }
}
