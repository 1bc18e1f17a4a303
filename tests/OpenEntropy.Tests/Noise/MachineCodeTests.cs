using System.Globalization;
using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

public sealed unsafe class MachineCodeTests
{
    private static readonly byte[] Return42 = [0xB8, 0x2A, 0x00, 0x00, 0x00, 0xC3]; // mov eax, 42; ret

    [MachineCodeFact]
    public void EntryPoint_WhenCalled_RunsTheCode()
    {
        using var code = new MachineCode(Return42);

        Assert.Equal(42, ((delegate* unmanaged<int>)code.EntryPoint)());
    }

    [MachineCodeFact]
    public void Construct_Page_IsExecutableAndNotWritable()
    {
        using var code = new MachineCode(Return42);

        Assert.Equal("r-xp", PermissionsAt((ulong)code.EntryPoint));
    }

    [MachineCodeFact]
    public void Dispose_Twice_UnmapsThePageOnce()
    {
        var code = new MachineCode(Return42);

        code.Dispose();
        code.Dispose();

        Assert.True(code.EntryPoint is null);
    }

    /// <summary>The permissions of the mapping that holds an address; see proc_pid_maps(5).</summary>
    private static string? PermissionsAt(ulong address)
    {
        foreach (var line in File.ReadLines("/proc/self/maps"))
        {
            var fields = line.Split(' ', 3);
            var range = fields[0].Split('-');
            if (address >= Hexadecimal(range[0]) && address < Hexadecimal(range[1]))
                return fields[1];
        }

        return null;
    }

    private static ulong Hexadecimal(string text) => ulong.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>A fact about x86-64 Linux, skipped elsewhere.</summary>
    private sealed class MachineCodeFactAttribute : FactAttribute
    {
        public MachineCodeFactAttribute() => Skip = MachineCode.WhyNotX64();
    }
}
