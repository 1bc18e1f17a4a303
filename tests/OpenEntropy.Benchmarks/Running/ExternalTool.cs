using System.ComponentModel;
using System.Diagnostics;

namespace OpenEntropy.Benchmarks.Running;

/// <summary>A program of somebody else that is run for its output.</summary>
internal static class ExternalTool
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="name">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="MeasurementException">It is not installed or failed.</exception>
    public static async Task<string> RunAsync(string name, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? output : throw new MeasurementException($"{name} failed: {(await errors).Trim()}");
        }
        catch (Win32Exception exception)
        {
            throw new MeasurementException($"{name} does not start ({exception.Message}); is it installed?");
        }
    }
}
