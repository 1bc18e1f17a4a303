using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Hardware;

/// <summary>
/// A file of one block of 4 KiB that is rewritten in place and forced to the device, no oftener than its pace allows. The block is written in full
/// and synced at each opening, so that a rewrite changes neither the file's size nor where it lies, and fdatasync need not write the journal of
/// the file system.
/// </summary>
/// <remarks>
/// The pace bounds what is written, by each source that has such a block: 16,384 blocks in a row (64 MiB) after each start of the service, then 32 a
/// second, which is 11 GB a day or 4 TB a year. The wear may be several times that: a device that cannot hold a block back must spend a whole flash
/// page on it, often 16 KiB, and file systems that never write in place write their own bookkeeping besides. Solid-state disks are commonly rated for
/// hundreds of terabytes, memory cards, if at all, for far less.
/// </remarks>
[SupportedOSPlatform("linux")]
[SuppressMessage("Design", "CA1001", Justification = "Close disposes of the timer; a block can be opened again.")]
internal sealed unsafe partial class SyncedBlock
{
    private const double WritesPerSecond = 32;
    private const int StoredWrites = 16_384;
    private const int LongestWaitMilliseconds = 2000;
    private const int OwnerOnly = 0x180; // 0600

    private byte* _block;
    private WritePace _pace;
    private WakeUpTimer? _pause;
    private int _file = -1;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pace">The pace, where it is not the usual one.</param>
    public SyncedBlock(string path, WritePace? pace = null)
    {
        FilePath = path;
        _pace = pace ?? new WritePace(WritesPerSecond, StoredWrites);
    }

    /// <summary>The file.</summary>
    public string FilePath { get; }

    /// <summary>Why a block below a directory cannot be had, in one clause; null where nothing speaks against it. Opens nothing.</summary>
    public static string? WhyUnavailable(string directory) => DirectFile.WhyMemoryOnly(directory);

    /// <summary>Opens the file, made where it is missing, and writes its block.</summary>
    /// <exception cref="NoiseSourceException">It cannot be had or written, or is held in memory.</exception>
    public void Open()
    {
        if (DirectFile.WhyMemoryOnly(FilePath) is { } reason)
            throw new NoiseSourceException(reason);
        try
        {
            OwnerDirectory.Create(Path.GetDirectoryName(FilePath)!);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new NoiseSourceException($"{FilePath} cannot be made: {cause.Message}", cause);
        }

        _pause = new WakeUpTimer();
        _block = (byte*)NativeMemory.AlignedAlloc(DiskBlocks.BlockBytes, DiskBlocks.BlockBytes);
        new Span<byte>(_block, DiskBlocks.BlockBytes).Fill(0x5A); // not zero, for the sake of file systems that drop such blocks
        _file = LinuxFiles.Open(FilePath, LinuxFiles.ReadWrite | LinuxFiles.Create | LinuxFiles.NoFollow, OwnerOnly);
        _ = MayWrite(wait: true); // or opening it again and again would wear the device
        Write();
        RefuseMemory();
    }

    /// <summary>Whether the pace would allow a write now; none is taken from it.</summary>
    internal bool Allows
    {
        get
        {
            var pace = _pace;
            return pace.Take(TickCounter.Read()) == 0;
        }
    }

    /// <summary>Whether the pace allows a write now; where it does, the write is taken from it.</summary>
    /// <param name="wait">True: waits until it allows one, at the usual pace no longer than a thirty-second of a second.</param>
    public bool MayWrite(bool wait)
    {
        while (_pace.Take(TickCounter.Read()) is > 0 and var ticks)
        {
            if (!wait)
                return false;
            var nanoseconds = (int)(ticks * (1e9 / Stopwatch.Frequency)) + 1;
            (_pause ?? throw new NoiseSourceException($"{FilePath} is not open")).Wait(nanoseconds, LongestWaitMilliseconds);
        }

        return true;
    }

    /// <summary>Rewrites the block and waits until the device has it.</summary>
    /// <exception cref="NoiseSourceException">The disk is full, read-only or gone.</exception>
    public void Write()
    {
        var written = WriteAt(_file, _block, DiskBlocks.BlockBytes, offset: 0);
        if (written != DiskBlocks.BlockBytes)
            throw written < 0
                ? LinuxFiles.Failed($"writing {FilePath}")
                : new NoiseSourceException($"writing {FilePath} stopped after {written} of {DiskBlocks.BlockBytes} bytes");
        if (SyncData(_file) != 0)
            throw LinuxFiles.Failed($"syncing {FilePath}");
    }

    /// <summary>Closes the file, which stays for the next opening.</summary>
    public void Close()
    {
        _pause?.Dispose();
        _pause = null;
        if (_file >= 0)
            LinuxFiles.Close(_file);
        NativeMemory.AlignedFree(_block);
        _file = -1;
        _block = null;
    }

    /// <summary>An overlay does not tell what it lies on; reading the block back past the page cache does.</summary>
    private void RefuseMemory()
    {
        var file = LinuxFiles.Open(FilePath, LinuxFiles.ReadOnly | LinuxFiles.Direct | LinuxFiles.NoFollow);
        var reason = DirectFile.WhyNoDevice(file, _block);
        LinuxFiles.Close(file);
        if (reason is not null)
            throw new NoiseSourceException($"{FilePath}: {reason}");
    }

    [LibraryImport("libc", EntryPoint = "pwrite", SetLastError = true)]
    private static partial nint WriteAt(int descriptor, byte* buffer, nuint length, nint offset);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int SyncData(int descriptor);
}
