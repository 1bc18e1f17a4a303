using System.Runtime.Versioning;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Cli.Running;
using Xunit;

namespace OpenEntropy.Cli.Tests.Recording;

/// <summary>A session that may be replaced and cannot be removed.</summary>
[SupportedOSPlatform("linux")]
public sealed class LeftSessionTests : IDisposable
{
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.UserExecute;

    private readonly Folder _folder = new();

    public void Dispose()
    {
        foreach (var folder in Directory.GetDirectories(_folder.Path("")))
            File.SetUnixFileMode(folder, ReadOnly | UnixFileMode.UserWrite);
        _folder.Dispose();
    }

    [PrivateMountFact]
    public async Task Record_OverASessionThatCannotBeRemoved_IsDoneAndTellsWhatIsLeft()
    {
        var session = _folder.Path("session");
        Directory.CreateDirectory(session);
        var old = RecordingFile.ReadHeader(_folder.Record("session/old", Folder.Samples()));
        File.SetUnixFileMode(session, ReadOnly);

        var run = await UnprivilegedRun.OfAsync("record", "clock_jitter", "--samples", "1000", "--output", session, "--force");

        Assert.Equal((ExitCodes.Success, run.Error), (run.ExitCode, run.Error));
        var left = Directory.GetDirectories(_folder.Path(""), ".session.*").Single();
        Assert.StartsWith(
            $"openentropy: The session before could not be removed, and what there is of it stays as {left}: ",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(1000, RecordingFile.Read(Path.Combine(session, "clock_jitter")).Header.Samples);
        Assert.Equal(old, RecordingFile.Read(Path.Combine(left, "old")).Header);
    }
}
