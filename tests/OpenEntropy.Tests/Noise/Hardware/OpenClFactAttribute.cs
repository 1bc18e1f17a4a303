using OpenEntropy.Noise.Hardware;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>A test that runs OpenCL on the processor, skipped where pocl is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenClFactAttribute : FactAttribute
{
    /// <param name="withoutGpu">True for what a machine with a GPU cannot show.</param>
    public OpenClFactAttribute(bool withoutGpu = false) =>
        Skip =
            !OpenClLibrary.IsInstalled || !File.Exists("/etc/OpenCL/vendors/pocl.icd")
                ? "pocl is not installed (Debian packages: ocl-icd-libopencl1, pocl-opencl-icd)"
            : withoutGpu && new GpuTimingSource().WhyUnavailable() is null ? "this machine has a GPU"
            : null;
}
