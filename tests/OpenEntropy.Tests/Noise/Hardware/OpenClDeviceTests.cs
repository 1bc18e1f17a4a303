using OpenEntropy.Noise.Hardware;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

public sealed class OpenClDeviceTests
{
    private const ulong Accelerator = 1 << 3; // CL_DEVICE_TYPE_ACCELERATOR

    [Theory]
    [InlineData(OpenClDevice.Gpu, "NVIDIA GeForce RTX 3060", "NVIDIA CUDA", true, false)]
    [InlineData(OpenClDevice.Gpu, "gfx1030", "AMD Accelerated Parallel Processing", true, false)]
    [InlineData(OpenClDevice.Gpu, "Intel(R) UHD Graphics 620", "Intel(R) OpenCL HD Graphics", true, false)]
    [InlineData(OpenClDevice.Gpu, "NVIDIA GeForce RTX 3060", "Portable Computing Language", true, false)] // pocl's driver of a GPU
    [InlineData(OpenClDevice.Cpu, "pthread-skylake", "Portable Computing Language", false, true)]
    [InlineData(OpenClDevice.Cpu, "Intel(R) Xeon(R) CPU", "Intel(R) OpenCL", false, true)]
    [InlineData(OpenClDevice.Gpu, "llvmpipe (LLVM 15.0.6, 256 bits)", "rusticl", false, true)]
    [InlineData(OpenClDevice.Gpu, "LLVMPIPE", "rusticl", false, true)]
    [InlineData(OpenClDevice.Gpu, "softpipe", "Clover", false, true)]
    [InlineData(OpenClDevice.Gpu, "clvk", "SwiftShader Device", false, true)]
    [InlineData(OpenClDevice.Gpu, "lavapipe", "clvk", false, true)]
    [InlineData(OpenClDevice.Gpu, "swrast", "Clover", false, true)]
    [InlineData(OpenClDevice.Gpu | OpenClDevice.Cpu, "both", "some", false, true)]
    [InlineData(Accelerator, "an FPGA", "its maker", false, false)]
    public void IsGpu_TypeAndNames_TellGpusFromPrograms(ulong type, string name, string platform, bool isGpu, bool isSoftware)
    {
        var device = new OpenClDevice(type, name, platform);

        Assert.Equal(isGpu, device.IsGpu);
        Assert.Equal(isSoftware, device.IsSoftware);
    }

    [Fact]
    public void WhyNone_Devices_SaysWhatThereIs()
    {
        var software = new OpenClDevice(OpenClDevice.Cpu, "pthread-skylake", "Portable Computing Language");
        var other = new OpenClDevice(Accelerator, "an FPGA", "its maker");

        Assert.Equal("OpenCL has no device: no driver of a GPU is installed", OpenClDevice.WhyNone([]));
        Assert.Equal(
            "the only OpenCL device is a software renderer: pthread-skylake (Portable Computing Language)",
            OpenClDevice.WhyNone([software])
        );
        Assert.Equal("none of the OpenCL devices is a GPU: an FPGA (its maker)", OpenClDevice.WhyNone([other]));
        Assert.Equal(
            "none of the OpenCL devices is a GPU: pthread-skylake (Portable Computing Language), an FPGA (its maker)",
            OpenClDevice.WhyNone([software, other])
        );
    }
}
