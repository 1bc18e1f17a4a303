using System.ComponentModel;
using System.Diagnostics;

namespace OpenEntropy.Chaos.Running;

/// <summary>Programs of the system.</summary>
internal static class Tool
{
    /// <summary>Runs one to its end.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Null: it succeeded; otherwise what it said.</returns>
    public static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true }
            )!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : error.Trim();
        }
        catch (Win32Exception exception)
        {
            return $"{program} does not start: {exception.Message}";
        }
    }
}
