using OpenEntropy.Noise.Silicon;
using Xunit;

namespace OpenEntropy.Tests.Noise.Silicon;

public sealed class VmExitSourceTests
{
    [Fact]
    public void Info_OnBareMetal_ClaimsNothingAndSaysWhy()
    {
        var info = new VmExitSource(exits: false, isLinux: true).Info;

        Assert.Equal(0, info.ClaimedMinEntropy);
        Assert.Contains("nothing exits here", info.ClaimBasis, StringComparison.Ordinal);
    }

    [Fact]
    public void Info_InAVirtualMachine_ClaimsLessThanAnEighthOfTheLowestAssessment() =>
        Assert.Equal(1.9 / 8, new VmExitSource(exits: true, isLinux: true).Info.ClaimedMinEntropy);

    [Fact]
    public void Info_InAVirtualMachineOfAnotherSystem_ClaimsNothingAndTestsByTheClaim()
    {
        var info = new VmExitSource(exits: true, isLinux: false).Info;

        Assert.Equal((0.0, 1.9 / 8), (info.ClaimedMinEntropy, info.TestMinEntropy));
    }
}
