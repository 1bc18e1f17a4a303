namespace OpenEntropy.Noise.Hardware;

/// <summary>A device as an OpenCL driver presents it, and the judgement whether it is a GPU. Pure: drivers are <see cref="OpenClLibrary"/>'s.</summary>
/// <param name="Type">CL_DEVICE_TYPE, a bit field.</param>
/// <param name="Name">CL_DEVICE_NAME.</param>
/// <param name="Platform">CL_PLATFORM_NAME of its driver.</param>
internal sealed record OpenClDevice(ulong Type, string Name, string Platform)
{
    public const ulong Cpu = 1 << 1; // CL_DEVICE_TYPE_CPU
    public const ulong Gpu = 1 << 2; // CL_DEVICE_TYPE_GPU

    // Programs that run a GPU's work on the processor; some say of themselves that they are one. pocl drives GPUs as well: there its device type tells.
    private static readonly string[] s_software = ["pocl", "llvmpipe", "lavapipe", "softpipe", "swrast", "SwiftShader", "software"];

    /// <summary>True for a GPU that is no program.</summary>
    public bool IsGpu => (Type & Gpu) != 0 && !IsSoftware;

    /// <summary>True where the work runs on the processor.</summary>
    public bool IsSoftware =>
        (Type & Cpu) != 0 || Array.Exists(s_software, name => $"{Name} {Platform}".Contains(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Why none of the devices is timed, in one clause.</summary>
    /// <param name="devices">All of them; none is a GPU.</param>
    public static string WhyNone(IReadOnlyList<OpenClDevice> devices) =>
        devices switch
        {
            [] => "OpenCL has no device: no driver of a GPU is installed",
            [{ IsSoftware: true } only] => $"the only OpenCL device is a software renderer: {only}",
            _ => $"none of the OpenCL devices is a GPU: {string.Join(", ", devices)}",
        };

    /// <summary>Name and platform, for messages.</summary>
    public override string ToString() => $"{Name} ({Platform})";
}
