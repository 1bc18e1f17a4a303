using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Novel;

/// <summary>
/// The time that it takes to change a page's protection and change it back, eight times.
/// <para>
/// <b>Measured.</b> A written page is made read-only and writable again (mprotect, twice; VirtualProtect on Windows). The pages on its sides are out of
/// bounds, so that it is a mapping of its own throughout: on Linux one that is split and joined again takes its records from lists of 32 at a time, and
/// the refilling, at each 32nd change and by far the longest, would decide half of the variance. Each change is followed by a write, timed too, which finds the page writable or has the kernel say so again. No
/// page is allocated: that is what <c>memory_timing</c> and <c>page_fault_timing</c> time; and no second thread is kept running as for <c>tlb_shootdown</c>.
/// </para>
/// <para>
/// <b>Why it varies.</b> The kernel's records of the address space, the lock on them, page tables and their caches, and those
/// other processors that happen to run this process and must forget the translation.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> A virtual machine adds the host's page tables and its word in interrupts between processors. A container is as
/// the host. A co-tenant shifts the mean through the caches and by load. An attacker who is a local user sees neither the calls nor their times; root
/// can trace both, and the host can slow what it has a word in.
/// </para>
/// </summary>
[SupportedOSPlatform("linux")]
[SupportedOSPlatform("macos")]
[SupportedOSPlatform("windows")]
internal sealed unsafe class VmPageTimingSource : MeasuredSource
{
    private const int Pages = 3;
    private const int ChangesPerSample = 8;
    private const int WarmUpSamples = 128;

    private readonly nuint _pageSize = (nuint)Environment.SystemPageSize;
    private byte* _region;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new NoiseSourceInfo
        {
            Name = "vm_page_timing",
            SharesCredit = "host",
            Category = NoiseCategory.Novel,
            Mechanism =
                "Time of withdrawing and restoring a page's write permission eight times. The kernel's records of the mapping and the page tables vary it.",
            ClaimedMinEntropy = Math.Min(1.0 / 3, 1.1 / 8),
            ClaimBasis =
                "An eighth of 1.1 bits, below the lowest of several assessments of changing a page's protection eight times (1.234; 200,000 and 1,000,000 samples)",
        }.ClaimedOnLinuxAlone(OperatingSystem.IsLinux());

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _region = SystemMemory.Map(Pages * _pageSize);
        if (OperatingSystem.IsLinux())
            LinuxMemory.KeepPagesSmall(_region, Pages * _pageSize);
        Volatile.Write(ref *(_region + _pageSize), 1); // resident from now on
        SystemMemory.MakeInaccessible(_region, _pageSize);
        SystemMemory.MakeInaccessible(_region + (2 * _pageSize), _pageSize);
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        if (_region is null)
            throw new NoiseSourceException("there is no page: the source is not open");
        var page = _region + _pageSize;
        for (var i = 0; i < values.Length; i++)
        {
            var start = TickCounter.Read();
            for (var change = 0; change < ChangesPerSample; change++)
            {
                SystemMemory.MakeReadOnly(page, _pageSize);
                SystemMemory.MakeWritable(page, _pageSize);
                Volatile.Write(ref *page, 1); // its translation is in use again when the next change withdraws it
            }

            values[i] = TickCounter.Read() - start;
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        if (_region is not null)
            SystemMemory.Unmap(_region, Pages * _pageSize);
        _region = null;
    }
}
