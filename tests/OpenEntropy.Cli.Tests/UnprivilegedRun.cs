using System.Diagnostics;

namespace OpenEntropy.Cli.Tests;

/// <summary>
/// A run of the real program in a user namespace without users, where what a file's mode forbids is forbidden to root, too. Needs what
/// <see cref="Recording.PrivateMountFactAttribute"/> asks for.
/// </summary>
internal static class UnprivilegedRun
{
    private static readonly TimeSpan s_bound = TimeSpan.FromMinutes(2);

    public static async Task<RunOf> OfAsync(params string[] args)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "OpenEntropy.Cli");
        using var process = Process.Start(
            new ProcessStartInfo("unshare", ["--user", program, .. args]) { RedirectStandardError = true, RedirectStandardOutput = true }
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
