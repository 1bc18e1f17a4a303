using System.Security.Cryptography;
using System.Text;
using OpenEntropy.Continuity;
using Xunit;

namespace OpenEntropy.Tests.Continuity;

public sealed class MachineIdentityTests
{
    [Fact]
    public void Read_OfThisProcess_HoldsTheProductAndTheProcess()
    {
        var lines = Encoding.UTF8.GetString(MachineIdentity.Read()).Split('\n');
        Assert.Equal("OpenEntropy", lines[0]);
        Assert.Contains(Environment.MachineName, lines, StringComparer.Ordinal);
        Assert.StartsWith($"{Environment.ProcessId} ", lines[^1], StringComparison.Ordinal);
    }

    [LinuxFact]
    public void Read_OnLinux_HoldsTheBoot()
    {
        var lines = Encoding.UTF8.GetString(MachineIdentity.Read()).Split('\n');
        Assert.Contains(File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim(), lines, StringComparer.Ordinal);
    }

    [Fact]
    public void Personalization_OfAGenerator_IsSha384OfIdentityAndNumber() =>
        Assert.Equal(SHA384.HashData([1, 2, 3, 0x2C, 0x01]), MachineIdentity.Personalization([1, 2, 3], 300));
}
