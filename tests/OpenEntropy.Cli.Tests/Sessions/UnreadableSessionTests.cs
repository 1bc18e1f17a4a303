using System.Diagnostics;
using System.Runtime.Versioning;
using OpenEntropy.Cli.Running;
using OpenEntropy.Cli.Tests.Recording;
using Xunit;

namespace OpenEntropy.Cli.Tests.Sessions;

/// <summary>A folder that nobody may read. The program runs in a user namespace without users, where root's rights end, too.</summary>
[SupportedOSPlatform("linux")]
public sealed class UnreadableSessionTests : IDisposable
{
    private static readonly TimeSpan s_bound = TimeSpan.FromMinutes(2);

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
        var run = await RunAsync("list", "--directory", _folder.Path(""));

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Error));
        Assert.Matches("good .* whole\n", run.Out);
        Assert.Matches("secret .* cannot be read\n", run.Out);
    }

    [PrivateMountFact]
    public async Task Show_AFolderThatMayNotBeRead_IsRefused()
    {
        var run = await RunAsync("show", _folder.Path("secret"));

        Assert.Equal((ExitCodes.Usage, ""), (run.ExitCode, run.Out));
        Assert.Matches("^openentropy: .*secret.* denied.*\n$", run.Error);
    }

    private static async Task<RunOf> RunAsync(params string[] args)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "OpenEntropy.Cli");
        using var process = Process.Start(
            new ProcessStartInfo("unshare", ["--user", program, "sessions", .. args])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var error = await process.StandardError.ReadToEndAsync().WaitAsync(s_bound);
            await process.WaitForExitAsync().WaitAsync(s_bound);
            return new RunOf(process.ExitCode, await output, error);
        }
        finally
        {
            process.Kill(entireProcessTree: true); // what has ended already, stays so
            await process.WaitForExitAsync();
        }
    }
}
