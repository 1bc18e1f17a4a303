using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace OpenEntropy.Noise.Hardware;

/// <summary>The duration of reading one block of a file past the page cache.</summary>
/// <remarks>
/// <para><b>What is measured:</b> one read of 4 KiB past the page cache (on Linux with O_DIRECT, on Windows with FILE_FLAG_NO_BUFFERING), along a
/// fixed stride over a preallocated file of 4 MiB.</para>
/// <para><b>Why it varies:</b> a request is queued, handed to the device, answered by an interrupt, and the thread is woken: queue depth, the
/// device's own controller (or platter), interrupt delivery and the scheduler all move the nanoseconds.</para>
/// <para><b>Virtual machine:</b> the request leaves the guest and the host's scheduler joins in; the host's page cache may stand in for the device.
/// <b>Container:</b> as on the host, if the storage directory is on a real file system. <b>Co-tenant:</b> sharing the device, it shifts durations
/// and can time requests of its own, which shows load, not the nanoseconds of ours. <b>Attacker:</b> root here and the hypervisor can trace each
/// request; slowing the device to a crawl starves the source and is noticed as total failure.</para>
/// <para>On Linux memory-only file systems are refused: there the page cache would be measured. On Windows a disk in memory cannot be told from
/// another, and nothing is claimed.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
[SupportedOSPlatform("windows")]
[SuppressMessage("Design", "CA1001", Justification = "Close gives the file back; a source can be opened again.")]
[SupportedProcessor(Architecture.X64, Architecture.Arm64)]
internal sealed unsafe class DiskIoSource : MeasuredSource
{
    // Odd, hence coprime with the number of blocks: the walk is fixed and visits all of them before it repeats.
    private const int Stride = 389;
    private const int WarmUpReads = 16;

    [SupportedOSPlatformGuard("linux")]
    private readonly bool _isDirect;

    private readonly string _directory;
    private SafeFileHandle? _unbuffered;
    private int _file = -1;
    private byte* _buffer;
    private int _block;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="context">Gives the directory for the file <c>sources/disk_io.dat</c>.</param>
    public DiskIoSource(NoiseContext context)
        : this(context, OperatingSystem.IsLinux()) { }

    /// <summary>Reads as Linux does, or as .NET can elsewhere.</summary>
    internal DiskIoSource(NoiseContext context, bool isDirect)
    {
        ArgumentNullException.ThrowIfNull(context);
        _directory = context.StorageDirectory;
        _isDirect = isDirect;
        Info = isDirect ? Direct : Unbuffered;
    }

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; }

    private static NoiseSourceInfo Direct { get; } =
        new()
        {
            Name = "disk_io",
            SharesCredit = "host",
            Category = NoiseCategory.Hardware,
            Mechanism =
                "Duration of reading one 4 KiB block past the page cache: queueing, the device, its interrupt and the wake-up vary.",
            // An eighth of the lowest assessment, 5.988 / 8 = 0.749 bit, is above the general ceiling of 1/3 bit.
            ClaimedMinEntropy = Math.Min(1.0 / 3, 5.988 / 8),
            ClaimBasis = "An eighth of 5.988 bits, the lowest of several recordings of 20,590 to 1,000,000 reads, and at most 1/3",
            // A disk that must spin up or a volume behind a network may take long over one block.
            Deadline = TimeSpan.FromSeconds(5),
        };

    private static NoiseSourceInfo Unbuffered { get; } =
        Direct with
        {
            ClaimedMinEntropy = 0,
            ClaimBasis = "No claim yet: this system's reads were never assessed, and nothing shows that they reach a device.",
            TestMinEntropy = Direct.ClaimedMinEntropy,
        };

    /// <summary>The file that is read.</summary>
    internal string FilePath => Path.Combine(_directory, "sources", "disk_io.dat");

    /// <inheritdoc/>
    public override string? WhyUnavailable() => _isDirect ? DirectFile.WhyMemoryOnly(_directory) : null;

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _buffer = (byte*)NativeMemory.AlignedAlloc(DiskBlocks.BlockBytes, DiskBlocks.BlockBytes);
        if (_isDirect)
            _file = DirectFile.Open(FilePath, _buffer);
        else
            _unbuffered = UnbufferedFile.Open(FilePath);
        WarmUp(WarmUpReads);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var offset = (long)_block * DiskBlocks.BlockBytes;
            _block = (_block + Stride) % DiskBlocks.Blocks;

            var start = TickCounter.Read();
            var read = _isDirect ? LinuxFiles.ReadAt(_file, _buffer, DiskBlocks.BlockBytes, offset) : ReadUnbuffered(offset);
            var elapsed = TickCounter.Read() - start;

            if (read != DiskBlocks.BlockBytes)
                throw read < 0 && _isDirect ? LinuxFiles.Failed("a direct read") : new NoiseSourceException($"{FilePath} became shorter");
            values[i] = elapsed;
        }

        return values.Length;
    }

    /// <summary>Closes the file, which stays for the next opening.</summary>
    protected internal override void Close()
    {
        if (_isDirect && _file >= 0)
            LinuxFiles.Close(_file);
        _unbuffered?.Dispose();
        _unbuffered = null;
        NativeMemory.AlignedFree(_buffer);
        _file = -1;
        _buffer = null;
        _block = 0;
    }

    private int ReadUnbuffered(long offset)
    {
        var file = _unbuffered ?? throw new NoiseSourceException("no file to read: the source is not open");
        try
        {
            return RandomAccess.Read(file, new Span<byte>(_buffer, DiskBlocks.BlockBytes), offset);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new NoiseSourceException($"reading {FilePath} failed: {cause.Message}", cause);
        }
    }
}
