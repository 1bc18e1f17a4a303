using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Hardware;

/// <summary>
/// The time that it takes to get a page of memory from the kernel, use it and give it back.
/// <para>
/// <b>Measured.</b> mmap of one page, one write, which faults and makes the kernel find, clear and map a page, and munmap; on Windows VirtualAlloc and
/// VirtualFree in their place. Only Linux's was assessed.
/// </para>
/// <para>
/// <b>Why it varies.</b> The kernel's records of the address space and their locks, the page allocator and whether its lines are cached, the walk
/// through the page tables (two of them in a virtual machine), other processors that must forget the translation, and interrupts.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> A virtual machine adds the host's page tables and, where memory is ballooned, its allocator. A container shares
/// the host's allocator and has its own memory limit: under pressure the fault reclaims and becomes slow. A co-tenant who allocates shifts the mean.
/// An attacker without rights sees how many faults there are, not their times; the host sees every nested fault and can make each as slow as it
/// likes.
/// </para>
/// </summary>
[SupportedOSPlatform("linux")]
[SupportedOSPlatform("macos")]
[SupportedOSPlatform("windows")]
internal sealed unsafe class MemoryTimingSource : MeasuredSource
{
    private const int WarmUpSamples = 128;

    private readonly nuint _length = (nuint)Environment.SystemPageSize;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new NoiseSourceInfo
        {
            Name = "memory_timing",
            SharesCredit = "host",
            Category = NoiseCategory.Hardware,
            Mechanism =
                "Time of mapping a page, writing to it and unmapping it. The kernel's records, its allocator, the page tables and their caches vary it.",
            ClaimedMinEntropy = Math.Min(1.0 / 3, 1.4 / 8),
            ClaimBasis =
                "An eighth of 1.4 bits, below the lowest of several assessments of mapping, touching and unmapping a page (1.563; 200,000 to 1,000,000 samples)",
        }.ClaimedOnLinuxAlone(OperatingSystem.IsLinux());

    /// <inheritdoc/>
    protected internal override void Open() => WarmUp(WarmUpSamples);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var start = TickCounter.Read();
            var page = SystemMemory.Map(_length);
            Volatile.Write(ref *page, 1);
            SystemMemory.Unmap(page, _length);
            values[i] = TickCounter.Read() - start;
        }

        return values.Length;
    }
}
