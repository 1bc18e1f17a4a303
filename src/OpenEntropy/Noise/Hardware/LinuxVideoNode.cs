using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Hardware;

/// <summary>A video device of this machine's, such as <c>/dev/video0</c>.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe partial class LinuxVideoNode : VideoNode
{
    private const int NonBlocking = 0x800; // O_NONBLOCK
    private const int Readable = 1; // POLLIN
    private const int ReadWriteProtection = 1 | 2; // PROT_READ | PROT_WRITE
    private const int Shared = 1; // MAP_SHARED

    private int _file;

    private LinuxVideoNode(int file) => _file = file;

    /// <summary>Opens a device.</summary>
    /// <exception cref="NoiseSourceException">It cannot be opened.</exception>
    public static LinuxVideoNode Open(string path)
    {
        var file = LinuxFiles.TryOpen(path, LinuxFiles.ReadWrite | NonBlocking);
        return file >= 0 ? new LinuxVideoNode(file) : throw WhyNotOpened(path, Marshal.GetLastPInvokeError());
    }

    /// <inheritdoc/>
    public override int Control(uint request, void* argument)
    {
        int result;
        do result = NativeControl(_file, request, argument) < 0 ? -Marshal.GetLastPInvokeError() : 0;
        while (result == -LinuxError.Interrupted);
        return result;
    }

    /// <inheritdoc/>
    public override int Wait(int milliseconds)
    {
        var watched = new Watched { File = _file, Wanted = Readable };
        int result;
        do result = Poll(&watched, 1, milliseconds);
        while (result < 0 && Marshal.GetLastPInvokeError() == LinuxError.Interrupted);
        return result >= 0 ? result : -Marshal.GetLastPInvokeError();
    }

    /// <inheritdoc/>
    public override byte* Map(nuint length, uint offset)
    {
        var address = MMap(null, length, ReadWriteProtection, Shared, _file, (nint)offset);
        return (nint)address == -1 ? null : (byte*)address;
    }

    /// <inheritdoc/>
    public override void Unmap(byte* address, nuint length) => _ = MUnmap(address, length);

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_file >= 0)
            LinuxFiles.Close(_file);
        _file = -1;
    }

    private static NoiseSourceException WhyNotOpened(string path, int error) =>
        new(
            error switch
            {
                LinuxError.NoEntry => $"there is no camera {path}",
                LinuxError.PermissionDenied or LinuxError.NotPermitted =>
                    $"opening the camera {path} is not permitted: this user may need the group video",
                LinuxError.Busy => $"the camera {path} is in use by another program",
                LinuxError.NoDevice => $"the camera {path} was unplugged",
                _ => $"opening the camera {path} failed: {Marshal.GetPInvokeErrorMessage(error)}",
            }
        );

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int NativeControl(int file, nuint request, void* argument);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(Watched* files, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial void* MMap(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int MUnmap(void* address, nuint length);

    /// <summary>struct pollfd.</summary>
    private struct Watched
    {
        public int File;
        public short Wanted;
        public short Happened;
    }
}
