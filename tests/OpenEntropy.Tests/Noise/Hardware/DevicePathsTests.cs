using OpenEntropy.Noise.Hardware;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

public sealed class DevicePathsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Find_PatternsAndPaths_GivesEachFileThatIsThereOnceInOrder()
    {
        foreach (var name in (string[])["event10", "event2", "mouse0", "js0"])
            File.WriteAllBytes(_directory.File(name), []);

        var paths = DevicePaths.Parse(
            "key",
            $" {_directory.File("event*")},{_directory.File("js0")} , {_directory.File("event2")},/no/such/event*"
        );

        Assert.Equal([_directory.File("event10"), _directory.File("event2"), _directory.File("js0")], paths.Find());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , ")]
    [InlineData("event0")]
    [InlineData("/dev/input/event0,input/event1")]
    [InlineData("/dev/input/")]
    public void Parse_NoAbsolutePathOfAFile_ThrowsAndNamesTheKey(string text) =>
        Assert.Contains(
            "the:key",
            Assert.Throws<EntropyConfigurationException>(() => DevicePaths.Parse("the:key", text)).Message,
            StringComparison.Ordinal
        );
}
