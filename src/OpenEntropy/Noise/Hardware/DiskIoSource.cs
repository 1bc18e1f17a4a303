using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Hardware;

/// <summary>The duration of reading one block of a file past the page cache.</summary>
/// <remarks>
/// <para><b>What is measured:</b> one <c>pread</c> of 4 KiB with O_DIRECT, along a fixed stride over a preallocated file of 4 MiB.</para>
/// <para><b>Why it varies:</b> a request is queued, handed to the device, answered by an interrupt, and the thread is woken: queue depth, the
/// device's own controller (or platter), interrupt delivery and the scheduler all move the nanoseconds.</para>
/// <para><b>Virtual machine:</b> the request leaves the guest and the host's scheduler joins in; the host's page cache may stand in for the device.
/// <b>Container:</b> as on the host, if the storage directory is on a real file system. <b>Co-tenant:</b> sharing the device, it shifts durations
/// and can time requests of its own, which shows load, not the nanoseconds of ours. <b>Attacker:</b> root here and the hypervisor can trace each
/// request; slowing the device to a crawl starves the source and is noticed as total failure.</para>
/// <para>Memory-only file systems are refused: there the page cache would be measured.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
[SupportedProcessor(Architecture.X64, Architecture.Arm64)]
internal sealed unsafe class DiskIoSource : MeasuredSource
{
    // Odd, hence coprime with the number of blocks: the walk is fixed and visits all of them before it repeats.
    private const int Stride = 389;
    private const int WarmUpReads = 64;

    private readonly string _directory;
    private int _file = -1;
    private byte* _buffer;
    private int _block;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="context">Gives the directory for the file <c>sources/disk_io.dat</c>.</param>
    public DiskIoSource(NoiseContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _directory = context.StorageDirectory;
    }

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "disk_io",
            Category = NoiseCategory.Hardware,
            Mechanism =
                "Duration of reading one 4 KiB block past the page cache: queueing, the device, its interrupt and the wake-up vary.",
            // An eighth of the lowest assessment, 7.354 / 8 = 0.919 bit, is above the general ceiling of 1/3 bit.
            ClaimedMinEntropy = Math.Min(1.0 / 3, 7.354 / 8),
            ClaimBasis = "7.354 bits per sample, SP 800-90B non-IID on 1,000,000 samples (t-tuple), divided by 8, at most 1/3.",
            // A disk that must spin up or a volume behind a network may take long over one block.
            Deadline = TimeSpan.FromSeconds(5),
        };

    /// <summary>The file that is read.</summary>
    internal string FilePath => Path.Combine(_directory, "sources", "disk_io.dat");

    /// <inheritdoc/>
    public override string? WhyUnavailable() =>
        !LinuxFiles.KnowsProcessor ? "direct reads are made for x86-64 and arm64" : DirectFile.WhyMemoryOnly(_directory);

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _buffer = (byte*)NativeMemory.AlignedAlloc(DirectFile.BlockBytes, DirectFile.BlockBytes);
        _file = DirectFile.Open(FilePath, _buffer);
        WarmUp(WarmUpReads);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var offset = (long)_block * DirectFile.BlockBytes;
            _block = (_block + Stride) % DirectFile.Blocks;

            var start = TickCounter.Read();
            var read = LinuxFiles.ReadAt(_file, _buffer, DirectFile.BlockBytes, offset);
            var elapsed = TickCounter.Read() - start;

            if (read != DirectFile.BlockBytes)
                throw read < 0 ? LinuxFiles.Failed("a direct read") : new NoiseSourceException($"{FilePath} became shorter");
            values[i] = elapsed;
        }

        return values.Length;
    }

    /// <summary>Closes the file, which stays for the next opening.</summary>
    protected internal override void Close()
    {
        if (_file >= 0)
            LinuxFiles.Close(_file);
        NativeMemory.AlignedFree(_buffer);
        _file = -1;
        _buffer = null;
        _block = 0;
    }
}
