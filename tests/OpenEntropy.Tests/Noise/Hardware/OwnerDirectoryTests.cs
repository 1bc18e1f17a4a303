using System.Runtime.Versioning;
using OpenEntropy.Noise.Hardware;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

[SupportedOSPlatform("linux")]
public sealed class OwnerDirectoryTests : IDisposable
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("openentropy-owner-");

    [LinuxFact]
    public void Create_ParentsMissing_MakesAllOfThemTheOwnersAlone()
    {
        var storage = Path.Combine(_directory.FullName, "storage");
        var sources = Path.Combine(storage, "sources");

        OwnerDirectory.Create(sources);

        Assert.Equal(OwnerAlone, File.GetUnixFileMode(storage));
        Assert.Equal(OwnerAlone, File.GetUnixFileMode(sources));
    }

    [LinuxFact]
    public void Create_ParentThere_KeepsItsMode()
    {
        const UnixFileMode Given = OwnerAlone | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
        File.SetUnixFileMode(_directory.FullName, Given);

        OwnerDirectory.Create(Path.Combine(_directory.FullName, "sources"));

        Assert.Equal(Given, File.GetUnixFileMode(_directory.FullName));
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
