using System.Diagnostics;
using Xunit.Sdk;

namespace OpenEntropy.Clients.Tests.Running;

/// <summary>Runs programs to their end.</summary>
internal static class Command
{
    /// <summary>Bounds every wait; no expectation depends on it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs a program and fails where it does not end with 0.</summary>
    /// <param name="start">What to run.</param>
    public static async Task<CommandResult> SucceedAsync(ProcessStartInfo start)
    {
        var result = await RunAsync(start);
        return result.ExitCode == 0
            ? result
            : throw new XunitException(
                $"{start.FileName} {string.Join(' ', start.ArgumentList)} ended with {result.ExitCode}:\n{result.Error}{result.Text}"
            );
    }

    /// <summary>Runs a program to its end; it and what it started are gone afterwards.</summary>
    /// <param name="start">What to run.</param>
    public static async Task<CommandResult> RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var limit = new CancellationTokenSource(Patience);
        using var process = Process.Start(start)!;
        try
        {
            process.StandardInput.Close();
            using var output = new MemoryStream();
            var copied = process.StandardOutput.BaseStream.CopyToAsync(output, limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await copied;
            var complaint = await error;
            await process.WaitForExitAsync(limit.Token);
            return new CommandResult(process.ExitCode, output.ToArray(), complaint);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
