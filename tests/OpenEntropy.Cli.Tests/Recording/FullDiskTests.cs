using System.Diagnostics;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Cli.Running;
using Xunit;

namespace OpenEntropy.Cli.Tests.Recording;

public sealed class FullDiskTests : IDisposable
{
    // Mounted where no other process sees it; it goes with the shell.
    private const string Script = """
        mount -t tmpfs -o size=300k tmpfs "$1" || exit
        "$2" record clock_jitter --samples 5000000 --output "$1/session"
        code=$?
        cp -r "$1/session" "$3" && ls -A "$1" > "$3/left"
        exit $code
        """;

    private static readonly TimeSpan s_bound = TimeSpan.FromMinutes(2);

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [PrivateMountFact]
    public async Task Record_OnADiskThatFills_LeavesARecordingThatSaysSo()
    {
        Directory.CreateDirectory(_folder.Path("disk"));
        var program = Path.Combine(AppContext.BaseDirectory, "OpenEntropy.Cli");
        string[] arguments = ["--map-root-user", "--mount", "sh", "-c", Script, "sh", _folder.Path("disk"), program, _folder.Path("kept")];
        using var process = Process.Start(
            new ProcessStartInfo("unshare", arguments) { RedirectStandardError = true, RedirectStandardOutput = true }
        )!;
        string error;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            error = await process.StandardError.ReadToEndAsync().WaitAsync(s_bound);
            _ = await output;
            await process.WaitForExitAsync().WaitAsync(s_bound);
        }
        finally
        {
            process.Kill(entireProcessTree: true); // what has ended already, stays so
            await process.WaitForExitAsync();
        }

        Assert.Equal((ExitCodes.BrokenOff, error), (process.ExitCode, error));
        Assert.Matches("^openentropy: Recording broke off: clock_jitter after [0-9,]+ samples: .*[Nn]o space left.*\n$", error);
        var header = RecordingFile.Read(_folder.Path("kept/clock_jitter")).Header;
        Assert.Contains("o space left", header.BrokenOff, StringComparison.Ordinal);
        Assert.InRange(header.Samples, 100_000, 300 * 1024);
        Assert.Equal("session\n", await File.ReadAllTextAsync(_folder.Path("kept/left")));
    }
}
