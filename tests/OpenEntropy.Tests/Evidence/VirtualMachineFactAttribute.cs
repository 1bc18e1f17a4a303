using System.Runtime.Intrinsics.X86;
using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Evidence;

/// <summary>A test of what sources say of themselves in an x86-64 virtual machine with Linux; skipped elsewhere.</summary>
public sealed class VirtualMachineFactAttribute : FactAttribute
{
    private const int HypervisorBit = 31; // CPUID leaf 1, ECX

    public VirtualMachineFactAttribute()
    {
        if (!MachineCode.Runs || ((X86Base.CpuId(1, 0).Ecx >> HypervisorBit) & 1) == 0)
            Skip = "docs/catalogue.md is of a virtual machine with Linux on x86-64";
    }
}
