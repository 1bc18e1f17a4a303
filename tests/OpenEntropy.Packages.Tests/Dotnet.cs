using System.Diagnostics;
using System.Text;

namespace OpenEntropy.Packages.Tests;

/// <summary>Runs the SDK, without servers that would outlive the run and hold its output open.</summary>
internal static class Dotnet
{
    /// <summary>Bounds a run; no expectation depends on it.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs a command that is to succeed.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="arguments">Of <c>dotnet</c>.</param>
    /// <returns>What it wrote.</returns>
    public static async Task<string> RunAsync(string directory, params string[] arguments)
    {
        var (code, output) = await TryAsync(directory, arguments);
        return code == 0
            ? output
            : throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} ended with {code}:\n{output}");
    }

    /// <summary>Runs a command.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="arguments">Of <c>dotnet</c>.</param>
    /// <returns>How it ended, and what it wrote.</returns>
    public static async Task<(int ExitCode, string Output)> TryAsync(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the build that runs this test says of itself to its own children.
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        // It goes before the folder that nuget.config names: an older package of the same version would be used for ever after.
        start.Environment.Remove("NUGET_PACKAGES");
        // What a program under test stores lies with it, not in the data of whoever runs these tests.
        start.Environment["XDG_DATA_HOME"] = directory;
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";

        using var process = Process.Start(start)!;
        var output = new StringBuilder();
        var reading = Task.WhenAll(CopyAsync(process.StandardOutput, output), CopyAsync(process.StandardError, output));
        using var limit = new CancellationTokenSource(s_patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            await reading;
        }
        catch (OperationCanceledException exception)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {string.Join(' ', arguments)} did not end:\n{output}", exception);
        }

        return (process.ExitCode, output.ToString());
    }

    private static async Task CopyAsync(StreamReader reader, StringBuilder output)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (output)
                output.AppendLine(line);
        }
    }
}
