using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Silicon;

/// <summary>
/// The time that it takes to withdraw a page's write permission from every processor.
/// <para>
/// <b>Measured.</b> A page is made writable and written (not timed), then made read-only (mprotect, timed). The translation must leave the buffers
/// of all processors that run this process, and a partner thread keeps a second one running it: on x86-64 the kernel interrupts that processor and
/// waits for its word. Before each sample the partner must have got further than before the last one, so that the interrupt has somebody to reach.
/// </para>
/// <para>
/// <b>Why it varies.</b> How quickly the other processor takes the interrupt and what it holds back for, the lock on the address space, page
/// tables and their caches. Processors that withdraw translations by broadcast (arm64, some recent x86-64) need no interrupt; there the fabric
/// between the cores is what remains.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> In a virtual machine the interrupt may exit to the host, which sees it and may let it wait; a processor the
/// host has stopped is flushed later and not waited for. A container is as the host. A co-tenant shifts the mean by load. An attacker who is a local
/// user can count the interrupts (<c>/proc/interrupts</c>), not time one.
/// </para>
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class TlbShootdownSource : MeasuredSource
{
    private const int WarmUpSamples = 64;

    private readonly nuint _length = (nuint)Environment.SystemPageSize;
    private ContendingPartner? _partner;
    private byte* _page;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "tlb_shootdown",
            SharesCredit = "host",
            Category = NoiseCategory.Silicon,
            Mechanism =
                "Time of taking a page's write permission away while another processor runs this process. The interrupt to that processor and its answer vary it.",
            ClaimedMinEntropy = Math.Min(1.0 / 3, 4.468 / 8),
            ClaimBasis =
                "An eighth of 4.468 bits, the lowest of several assessments of mprotect (39,094 to 1,000,000 samples each), and at most 1/3",
            Threads = 2,
            Deadline = ContendingPartner.Deadline,
        };

    /// <inheritdoc/>
    public override string? WhyUnavailable() => ContendingPartner.WhyUnavailable();

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _page = PosixMemory.Map(_length);
        _partner = new ContendingPartner(Info.Name, Run);
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        var partner = _partner ?? throw new NoiseSourceException("there is no partner thread: the source is not open");
        ref var progress = ref partner.Progress;
        var before = Volatile.Read(ref progress);
        partner.Begin();
        try
        {
            for (var i = 0; i < values.Length; i++)
            {
                PosixMemory.MakeWritable(_page, _length);
                Volatile.Write(ref *_page, 1);
                before = ContendingPartner.AwaitChange(ref progress, before);
                var start = TickCounter.Read();
                PosixMemory.MakeReadOnly(_page, _length);
                values[i] = TickCounter.Read() - start;
            }
        }
        finally
        {
            partner.End();
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        _ = _partner?.Stop();
        _partner = null;
        if (_page is not null)
            PosixMemory.Unmap(_page, _length);
        _page = null;
    }

    /// <summary>Ends the partner thread while the source stays open.</summary>
    internal void StopPartner() => _partner?.Stop();

    /// <summary>The partner only has to run: it never touches the page, so unmapping it harms no thread that is late to stop.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run(ContendingPartner partner)
    {
        ref var progress = ref partner.Progress;
        while (partner.IsWanted)
            Volatile.Write(ref progress, progress + 1);
    }
}
