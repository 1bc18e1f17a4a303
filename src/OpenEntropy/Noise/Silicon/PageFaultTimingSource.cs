using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Silicon;

/// <summary>
/// The time that eight first touches of a page take.
/// <para>
/// <b>Measured.</b> One page is given back to the kernel (MADV_DONTNEED, not timed) and then written: the write faults, and the kernel finds, clears
/// and maps a page, most often the one given back. A sample is the sum of eight such times. (Of many pages given back at once each keeps its place in the allocator's list, its cache and with
/// them its own time: two recordings of that correlated by up to 0.45.)
/// </para>
/// <para>
/// <b>Why it varies.</b> The allocator's lists, which page it has at hand and how many of its lines are still cached, the walk through the page tables (two of them in
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
    private const int FaultsPerSample = 8;
    private const int WarmUpSamples = 128;

    private readonly nuint _length = (nuint)Environment.SystemPageSize;
    private byte* _page;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "page_fault_timing",
            SharesCredit = "cache",
            Category = NoiseCategory.Silicon,
            Mechanism =
                "Time of eight first writes to a page just given back to the kernel. The allocator, the page tables and their caches vary it.",
            ClaimedMinEntropy = Math.Min(1.0 / 3, 3.187 / 8),
            ClaimBasis =
                "An eighth of 3.187 bits, the lowest of several assessments of the sum of 4 or 8 first touches (200,000 and 888,176 samples), and at most 1/3",
        };

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _page = PosixMemory.Map(_length);
        LinuxMemory.KeepPagesSmall(_page, _length);
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        if (_page is null)
            throw new NoiseSourceException("there is no page: the source is not open");
        for (var i = 0; i < values.Length; i++)
        {
            var faults = 0L;
            for (var count = 0; count < FaultsPerSample; count++)
            {
                LinuxMemory.Discard(_page, _length);
                var start = TickCounter.Read();
                Volatile.Write(ref *_page, 1);
                faults += TickCounter.Read() - start;
            }

            values[i] = faults;
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        if (_page is not null)
            PosixMemory.Unmap(_page, _length);
        _page = null;
    }
}
