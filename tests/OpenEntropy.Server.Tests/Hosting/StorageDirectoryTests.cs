using OpenEntropy.Server.Hosting;
using Xunit;

namespace OpenEntropy.Server.Tests.Hosting;

public sealed class StorageDirectoryTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("openentropy-storage-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData(Owner, 1000u, 1000u, null)]
    [InlineData(Owner | UnixFileMode.GroupWrite, 0u, 1000u, null)]
    [InlineData(Owner, null, 1000u, null)]
    [InlineData(Owner, 1001u, 1000u, "belongs to user 1001, not to user 1000")]
    [InlineData(Owner, 1001u, 0u, "belongs to user 1001, not to user 0")]
    [InlineData(Owner | UnixFileMode.OtherWrite, 1000u, 1000u, "everybody may write")]
    [InlineData(Owner | UnixFileMode.OtherWrite | UnixFileMode.StickyBit, 0u, 1000u, "everybody may write")]
    public void WhyNot_ModeAndOwner_TrustsOnlyTheUserAndRoot(UnixFileMode mode, uint? owner, uint user, string? expected)
    {
        var why = StorageDirectory.WhyNot("/data", mode, owner, user);

        Assert.Equal(expected is null, why is null);
        Assert.Contains(expected ?? "", why ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Create_NewDirectories_AreTheOwnersAlone()
    {
        var path = Path.Combine(_directory.FullName, "a", "b");
        StorageDirectory.Create(path);

        Assert.Null(StorageDirectory.WhyNot(path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(Owner, File.GetUnixFileMode(path));
            File.SetUnixFileMode(path, Owner | UnixFileMode.OtherWrite);
            Assert.Throws<UnauthorizedAccessException>(() => StorageDirectory.Create(path));
            var failure = Assert.Throws<StartFailedException>(() => ServerSettingsTests.Read(("OpenEntropy:Storage:Directory", path)));
            Assert.StartsWith("OpenEntropy:Storage:Directory: everybody may write", failure.Message, StringComparison.Ordinal);
        }
    }
}
