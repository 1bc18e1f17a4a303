using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Hardware;

/// <summary>The duration of forcing one rewritten block to the device.</summary>
/// <remarks>
/// <para><b>What is measured:</b> one write of 4 KiB into the page cache and the <c>fdatasync</c> that sends it to the device and waits for its
/// acknowledgement, always of the same block of a file of its own.</para>
/// <para><b>Why it varies:</b> the block layer's queue, the device's controller and its cache flush, interrupt delivery, the scheduler, and on file
/// systems with a journal the transactions of others that are waited for.</para>
/// <para><b>Virtual machine:</b> the request leaves the guest and the host's scheduler joins in; a host that ignores flushes answers sooner.
/// <b>Container:</b> as on the host, if the storage directory is on a real file system. <b>Co-tenant:</b> sharing the device, it shifts durations
/// and can time requests of its own, which shows load, not the nanoseconds of ours. <b>Attacker:</b> root here and the hypervisor can trace each
/// request.</para>
/// <para><b>Wear:</b> each sample writes 4 KiB. How many there are is decided by the share of a processor that all sources may take together
/// (<c>Harvest:CpuBudget</c>), which is theirs in turns, and whatever is asked of this one, also to be opened again, it writes no more than <see
/// cref="SyncedBlock"/>'s pace allows, and then gives 32 samples a second. fsync would write the journal as well, several times as much, for the same
/// noise.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
[SupportedProcessor(Architecture.X64, Architecture.Arm64)]
internal sealed class FsyncJournalSource : MeasuredSource
{
    private const int WarmUpWrites = 8;

    private readonly SyncedBlock _block;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="context">Gives the directory for the file <c>sources/fsync_journal.dat</c>.</param>
    public FsyncJournalSource(NoiseContext context)
        : this(context, pace: null) { }

    /// <summary>Writes at another pace.</summary>
    internal FsyncJournalSource(NoiseContext context, WritePace? pace)
    {
        ArgumentNullException.ThrowIfNull(context);
        _block = new SyncedBlock(Path.Combine(context.StorageDirectory, "sources", "fsync_journal.dat"), pace);
    }

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "fsync_journal",
            Category = NoiseCategory.Hardware,
            Mechanism =
                "Duration of rewriting one 4 KiB block and forcing it to the device: queueing, the device, its interrupt and the wake-up vary. "
                + "At most 32 samples a second in the long run, to spare the device.",
            ClaimedMinEntropy = Math.Min(1.0 / 3, 5.505 / 8),
            ClaimBasis =
                "An eighth of 5.505 bits, the lowest of several recordings of fdatasync (4,644 to 20,000 samples) and one of fsync (516,608), and at most 1/3",
            // A disk that must spin up or a volume behind a network may take long over one block.
            Deadline = TimeSpan.FromSeconds(5),
        };

    /// <summary>The file that is written.</summary>
    internal string FilePath => _block.FilePath;

    /// <inheritdoc/>
    public override string? WhyUnavailable() => SyncedBlock.WhyUnavailable(Path.GetDirectoryName(FilePath)!);

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _block.Open();
        WarmUp(WarmUpWrites);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!_block.MayWrite(wait: i == 0))
                return i;
            var start = TickCounter.Read();
            _block.Write();
            values[i] = TickCounter.Read() - start;
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close() => _block.Close();
}
