using System.Runtime.InteropServices;
using OpenEntropy.Server.Hardening;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Tests.Hosting;
using Xunit;

namespace OpenEntropy.Server.Tests.Hardening;

/// <summary>What the process keeps others from, as the kernel tells of it.</summary>
public sealed partial class ProcessHardeningTests
{
    private const int GetDumpable = 3; // PR_GET_DUMPABLE

    [LinuxFact]
    public void Apply_Default_NoDumpIsMadeOfTheProcess()
    {
        var deviations = new DeviationBoard();

        ProcessHardening.Apply(new HardeningOptions(), deviations);

        Assert.Empty(deviations.All);
        Assert.Equal(0, Control(GetDumpable, 0, 0, 0, 0));
        var limit = File.ReadLines("/proc/self/limits").Single(line => line.StartsWith("Max core file size", StringComparison.Ordinal));
        Assert.Equal(["0", "0"], limit["Max core file size".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[..2]);
    }

    [Fact]
    public void Apply_Allowed_IsADeviation()
    {
        var deviations = new DeviationBoard();

        ProcessHardening.Apply(new HardeningOptions { AllowCoreDumps = true }, deviations);

        Assert.StartsWith("OpenEntropy:Hardening:AllowCoreDumps is set", Assert.Single(deviations.All), StringComparison.Ordinal);
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint second, nuint third, nuint fourth, nuint fifth);
}
