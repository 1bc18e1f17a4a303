using OpenEntropy.Pqc.Bundles;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Bundles;

public sealed class BundleSelfTestTests
{
    [Fact]
    public void Run_ThisProcess_Passes() => Assert.All(BundleSelfTest.Run(), check => Assert.True(check.Ok, check.ToString()));
}
