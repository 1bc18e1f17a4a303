using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using OpenEntropy.Noise.Hardware;

namespace OpenEntropy.Noise.CrossDomain;

/// <summary>
/// How much longer the storage device took than the processor beside it.
/// <para>
/// <b>Measured.</b> A chain of multiplications, which only the core's own clock paces, and forcing one rewritten block of 4 KiB to the device
/// (fdatasync) are timed one right after the other. A sample is the difference of these two durations; neither is used again.
/// </para>
/// <para>
/// <b>Why it varies.</b> Nearly all of it is the device: its queue, its controller and cache flush, its interrupt and the wake-up.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> In a virtual machine the host's scheduler joins in; in a container all is as on the host. A co-tenant who
/// shares the device shifts the durations and can time requests of its own. An attacker needs root here, or the hypervisor, to trace each request;
/// slowing the device to a crawl starves the source and is noticed as total failure.
/// </para>
/// <para>
/// <b>Wear.</b> Each sample writes 4 KiB to the device, as often as <c>fsync_journal</c> does and bounded by the same pace
/// (<see cref="SyncedBlock"/>): 16,384 in a row, then 32 a second.
/// </para>
/// </summary>
[SupportedOSPlatform("linux")]
[SupportedProcessor(Architecture.X64, Architecture.Arm64)]
internal sealed class CpuIoBeatSource : MeasuredSource
{
    private const int WarmUpSamples = 8;

    private readonly SyncedBlock _block;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="context">Gives the directory for the file <c>sources/cpu_io_beat.dat</c>.</param>
    public CpuIoBeatSource(NoiseContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _block = new SyncedBlock(Path.Combine(context.StorageDirectory, "sources", "cpu_io_beat.dat"));
    }

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "cpu_io_beat",
            Category = NoiseCategory.CrossDomain,
            Mechanism =
                "Difference between the durations of forcing a block to the device and of arithmetic beside it. The device and the wake-up vary it. "
                + "At most 32 samples a second in the long run, to spare the device.",
            Digitization = "The low byte of each difference of two durations, in steps of the machine's counter.",
            ClaimedMinEntropy = 0,
            ClaimBasis =
                "No claim: other sources time the same parts of the machine and earn by them, and the difference of two durations holds nothing new.",
            // Recordings on a 2-core virtual machine were assessed at 5.614 bits or more.
            TestMinEntropy = 1.0 / 3,
            Deadline = TimeSpan.FromSeconds(5),
        };

    /// <inheritdoc/>
    public override string? WhyUnavailable() => SyncedBlock.WhyUnavailable(Path.GetDirectoryName(_block.FilePath)!);

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _block.Open();
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!_block.MayWrite(wait: i == 0))
                return i;
            var processor = Domains.TimeProcessor();
            var start = TickCounter.Read();
            _block.Write();
            values[i] = TickCounter.Read() - start - processor;
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override byte Digitize(long value) => Domains.Digitize(value); // digitization: the low byte of the difference

    /// <inheritdoc/>
    protected internal override void Close() => _block.Close();
}
