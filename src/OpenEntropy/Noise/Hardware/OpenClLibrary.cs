using System.Runtime.InteropServices;
using System.Text;

namespace OpenEntropy.Noise.Hardware;

/// <summary>
/// The calls of the OpenCL loader that a dispatch needs; signatures and constants from Khronos's <c>CL/cl.h</c>. A driver keeps threads and
/// descriptors of its own until the process ends, so neither it nor the loader is ever unloaded.
/// </summary>
internal sealed unsafe class OpenClLibrary
{
    private const uint PlatformName = 0x0902; // CL_PLATFORM_NAME
    private const uint DeviceType = 0x1000; // CL_DEVICE_TYPE
    private const uint DeviceName = 0x102B; // CL_DEVICE_NAME
    private const ulong AllTypes = 0xFFFF_FFFF; // CL_DEVICE_TYPE_ALL
    private const int MostNamed = 64; // platforms, and devices of each
    private const int MostNameBytes = 1024;

    private readonly delegate* unmanaged<uint, nint*, uint*, int> _platforms;
    private readonly delegate* unmanaged<nint, uint, nuint, void*, nuint*, int> _platformInfo;
    private readonly delegate* unmanaged<nint, ulong, uint, nint*, uint*, int> _devices;
    private readonly delegate* unmanaged<nint, uint, nuint, void*, nuint*, int> _deviceInfo;

    private OpenClLibrary(nint library)
    {
        _platforms = (delegate* unmanaged<uint, nint*, uint*, int>)Find(library, "clGetPlatformIDs");
        _platformInfo = (delegate* unmanaged<nint, uint, nuint, void*, nuint*, int>)Find(library, "clGetPlatformInfo");
        _devices = (delegate* unmanaged<nint, ulong, uint, nint*, uint*, int>)Find(library, "clGetDeviceIDs");
        _deviceInfo = (delegate* unmanaged<nint, uint, nuint, void*, nuint*, int>)Find(library, "clGetDeviceInfo");
        CreateContext = (delegate* unmanaged<nint*, uint, nint*, void*, void*, int*, nint>)Find(library, "clCreateContext");
        CreateQueue = (delegate* unmanaged<nint, nint, ulong, int*, nint>)Find(library, "clCreateCommandQueue");
        CreateBuffer = (delegate* unmanaged<nint, ulong, nuint, void*, int*, nint>)Find(library, "clCreateBuffer");
        Fill = (delegate* unmanaged<nint, nint, void*, nuint, nuint, nuint, uint, nint*, nint*, int>)Find(library, "clEnqueueFillBuffer");
        Finish = (delegate* unmanaged<nint, int>)Find(library, "clFinish");
        ReleaseBuffer = (delegate* unmanaged<nint, int>)Find(library, "clReleaseMemObject");
        ReleaseQueue = (delegate* unmanaged<nint, int>)Find(library, "clReleaseCommandQueue");
        ReleaseContext = (delegate* unmanaged<nint, int>)Find(library, "clReleaseContext");
    }

    /// <summary>The loader's file on this system.</summary>
    public static string File =>
        OperatingSystem.IsWindows() ? Path.Combine(Environment.SystemDirectory, "OpenCL.dll")
        : OperatingSystem.IsMacOS() ? "/System/Library/Frameworks/OpenCL.framework/OpenCL"
        : "libOpenCL.so.1";

    /// <summary>Whether that file is there.</summary>
    public static bool IsInstalled =>
        OperatingSystem.IsWindows() ? System.IO.File.Exists(File)
        // macOS keeps its own libraries in a cache; the folder alone is on the disk.
        : OperatingSystem.IsMacOS() ? Directory.Exists(Path.GetDirectoryName(File))
        : SharedLibrary.IsInstalled(File);

    public delegate* unmanaged<nint*, uint, nint*, void*, void*, int*, nint> CreateContext { get; }

    public delegate* unmanaged<nint, nint, ulong, int*, nint> CreateQueue { get; }

    public delegate* unmanaged<nint, ulong, nuint, void*, int*, nint> CreateBuffer { get; }

    /// <summary>clEnqueueFillBuffer, of OpenCL 1.2.</summary>
    public delegate* unmanaged<nint, nint, void*, nuint, nuint, nuint, uint, nint*, nint*, int> Fill { get; }

    public delegate* unmanaged<nint, int> Finish { get; }

    public delegate* unmanaged<nint, int> ReleaseBuffer { get; }

    public delegate* unmanaged<nint, int> ReleaseQueue { get; }

    public delegate* unmanaged<nint, int> ReleaseContext { get; }

    /// <summary>Loads the library.</summary>
    /// <exception cref="NoiseSourceException">It cannot be loaded, or is older than OpenCL 1.2.</exception>
    public static OpenClLibrary Load() =>
        NativeLibrary.TryLoad(File, out var library)
            ? new OpenClLibrary(library)
            : throw new NoiseSourceException($"{File} cannot be loaded");

    /// <summary>Every device of every driver, in the loader's order.</summary>
    public IReadOnlyList<(nint Handle, OpenClDevice Device)> Devices()
    {
        var found = new List<(nint, OpenClDevice)>();
        var platforms = stackalloc nint[MostNamed];
        uint platformCount = 0;
        if (_platforms(MostNamed, platforms, &platformCount) != 0)
            return found; // CL_PLATFORM_NOT_FOUND_KHR: there is no driver

        var devices = stackalloc nint[MostNamed];
        for (uint p = 0; p < Math.Min(platformCount, MostNamed); p++)
        {
            var platform = Text(_platformInfo, platforms[p], PlatformName);
            uint deviceCount = 0;
            if (_devices(platforms[p], AllTypes, MostNamed, devices, &deviceCount) != 0)
                continue; // CL_DEVICE_NOT_FOUND: a driver without a device
            for (uint d = 0; d < Math.Min(deviceCount, MostNamed); d++)
            {
                ulong type = 0;
                _ = _deviceInfo(devices[d], DeviceType, sizeof(ulong), &type, null);
                found.Add((devices[d], new OpenClDevice(type, Text(_deviceInfo, devices[d], DeviceName), platform)));
            }
        }

        return found;
    }

    private static string Text(delegate* unmanaged<nint, uint, nuint, void*, nuint*, int> ask, nint handle, uint what)
    {
        var bytes = stackalloc byte[MostNameBytes];
        nuint length = 0;
        return ask(handle, what, MostNameBytes, bytes, &length) == 0
            ? Encoding.UTF8.GetString(bytes, (int)Math.Min(length, MostNameBytes)).TrimEnd('\0').Trim()
            : "without a name";
    }

    private static nint Find(nint library, string name) =>
        NativeLibrary.TryGetExport(library, name, out var address)
            ? address
            : throw new NoiseSourceException($"{File} has no {name}: OpenCL 1.2 is needed");
}
