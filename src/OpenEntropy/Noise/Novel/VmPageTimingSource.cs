using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Novel;

/// <summary>
/// The time that it takes to change a page's protection and change it back.
/// <para>
/// <b>Measured.</b> The middle one of three written pages is made read-only and writable again (mprotect, twice; VirtualProtect on Windows). On Linux,
/// which alone was assessed, the first call splits the mapping in three and the second joins it again. No page is allocated or faulted in: that is what <c>memory_timing</c> and
/// <c>page_fault_timing</c> time; and no second thread is kept running as for <c>tlb_shootdown</c>.
/// </para>
/// <para>
/// <b>Why it varies.</b> The kernel's records of the address space and their allocator, the lock on them, page tables and their caches, and those
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
                "Time of withdrawing and restoring a page's write permission. The kernel's records of the mapping and the page tables vary it.",
            ClaimedMinEntropy = Math.Min(1.0 / 3, 3.913 / 8),
            ClaimBasis =
                "An eighth of 3.913 bits, the lowest of several assessments of changing a page's protection (200,000 to 1,000,000 samples each), and at most 1/3",
        }.ClaimedOnLinuxAlone(OperatingSystem.IsLinux());

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _region = SystemMemory.Map(Pages * _pageSize);
        if (OperatingSystem.IsLinux())
            LinuxMemory.KeepPagesSmall(_region, Pages * _pageSize);
        new Span<byte>(_region, Pages * (int)_pageSize).Fill(1); // resident from now on
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
            SystemMemory.MakeReadOnly(page, _pageSize);
            SystemMemory.MakeWritable(page, _pageSize);
            values[i] = TickCounter.Read() - start;
            Volatile.Write(ref *page, 1); // its translation is in use again when the next sample withdraws it
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
