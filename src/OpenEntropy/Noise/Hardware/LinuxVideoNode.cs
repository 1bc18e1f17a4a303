using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Hardware;

/// <summary>A video device of this machine's, such as <c>/dev/video0</c>.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class LinuxVideoNode : VideoNode
{
    private int _file;

    private LinuxVideoNode(int file) => _file = file;

    /// <summary>Opens a device.</summary>
    /// <exception cref="NoiseSourceException">It cannot be opened.</exception>
    public static LinuxVideoNode Open(string path)
    {
        var file = LinuxFiles.TryOpen(path, LinuxFiles.ReadWrite | LinuxDevices.NonBlocking);
        return file >= 0 ? new LinuxVideoNode(file) : throw WhyNotOpened(path, Marshal.GetLastPInvokeError());
    }

    /// <inheritdoc/>
    public override int Control(uint request, void* argument)
    {
        int result;
        do result = LinuxDevices.Control(_file, request, (nint)argument) < 0 ? -Marshal.GetLastPInvokeError() : 0;
        while (result == -LinuxError.Interrupted);
        return result;
    }

    /// <inheritdoc/>
    public override int Wait(int milliseconds)
    {
        var result = LinuxDevices.Wait(_file, TimeSpan.FromMilliseconds(milliseconds));
        return result >= 0 ? result : -Marshal.GetLastPInvokeError();
    }

    /// <inheritdoc/>
    public override byte* Map(nuint length, uint offset) => LinuxMemory.TryMapShared(_file, (nint)offset, length);

    /// <inheritdoc/>
    public override void Unmap(byte* address, nuint length) => PosixMemory.Unmap(address, length);

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
}
