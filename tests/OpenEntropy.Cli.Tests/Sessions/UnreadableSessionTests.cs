using System.Runtime.Versioning;
using OpenEntropy.Cli.Running;
using OpenEntropy.Cli.Tests.Recording;
using Xunit;

namespace OpenEntropy.Cli.Tests.Sessions;

/// <summary>A folder that nobody may read.</summary>
[SupportedOSPlatform("linux")]
public sealed class UnreadableSessionTests : IDisposable
{
    private readonly Folder _folder = new();

    public UnreadableSessionTests()
    {
        foreach (var name in (string[])["good", "secret"])
        {
            Directory.CreateDirectory(_folder.Path(name));
            _folder.Record($"{name}/disk_io", Folder.Samples());
        }

        File.SetUnixFileMode(_folder.Path("secret"), UnixFileMode.None);
    }

    public void Dispose()
    {
        File.SetUnixFileMode(_folder.Path("secret"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _folder.Dispose();
    }

    [PrivateMountFact]
    public async Task List_WithAFolderThatMayNotBeRead_HasTheOthers()
    {
        var run = await UnprivilegedRun.OfAsync("sessions", "list", "--directory", _folder.Path(""));

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Error));
        Assert.Matches("good .* whole\n", run.Out);
        Assert.Matches("secret .* cannot be read\n", run.Out);
    }

    [PrivateMountFact]
    public async Task Show_AFolderThatMayNotBeRead_IsRefused()
    {
        var run = await UnprivilegedRun.OfAsync("sessions", "show", _folder.Path("secret"));

        Assert.Equal((ExitCodes.Usage, ""), (run.ExitCode, run.Out));
        Assert.Matches("^openentropy: .*secret.* denied.*\n$", run.Error);
    }
}
