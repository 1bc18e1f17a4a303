using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Tests.Hosting;
using Xunit;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>Settings of bundles that stop the start, and those at the edge that do not.</summary>
public sealed class BundleOptionsTests
{
    private const string KeyId = "1vvhNsPevWuuz78d2Wg89ooWOH871dw7k9JUcGm5xJY";

    [Theory]
    [InlineData("")]
    [InlineData(KeyId)]
    [InlineData("-_vhNsPevWuuz78d2Wg89ooWOH871dw7k9JUcGm5xJY")]
    public void Read_ReplaceIdentity_TakesNothingOrAKeyId(string value) =>
        Assert.Equal(value, Read("ReplaceIdentity", value).Bundles.ReplaceIdentity);

    [Theory]
    [InlineData("true")]
    [InlineData(KeyId + "=")]
    [InlineData(" " + KeyId)]
    [InlineData("+/vhNsPevWuuz78d2Wg89ooWOH871dw7k9JUcGm5xJY")]
    [InlineData("1vvhNsPevWuuz78d2Wg89ooWOH871dw7k9JUcGm5xJ")]
    [InlineData("ävvhNsPevWuuz78d2Wg89ooWOH871dw7k9JUcGm5xJY")]
    public void Read_ReplaceIdentityThatIsNoKeyId_IsRefusedWithItsKey(string value)
    {
        var failure = Assert.Throws<StartFailedException>(() => Read("ReplaceIdentity", value));

        Assert.Equal(
            "OpenEntropy:Bundles:ReplaceIdentity: it must be empty, or the kid of an ML-DSA-65 key: 43 characters of base64url",
            failure.Message
        );
    }

    // Characters are code points: this one is two units of UTF-16.
    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Read_Node_IsAtMost64Characters(int length, bool isTaken)
    {
        var node = string.Concat(Enumerable.Repeat("\U0001F511", length));

        if (isTaken)
        {
            Assert.Equal(node, Read("Node", node).Bundles.Node);
        }
        else
        {
            Assert.Throws<StartFailedException>(() => Read("Node", node));
        }
    }

    private static ServerSettings Read(string key, string value) => ServerSettingsTests.Read(($"OpenEntropy:Bundles:{key}", value));
}
