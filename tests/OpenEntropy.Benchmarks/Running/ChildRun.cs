using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace OpenEntropy.Benchmarks.Running;

/// <summary>A program run to its end, and what that took. One at a time, since processor time is that of all children that have ended.</summary>
/// <param name="WallSeconds">From its start to its end.</param>
/// <param name="ProcessorSeconds">Processor time of all its threads, user and system.</param>
/// <param name="PeakBytes">The most memory it had in use (VmHWM), looked at every few milliseconds.</param>
/// <param name="IsStopped">Whether it was stopped by the limit of processor time, and the other figures are only lower bounds.</param>
/// <param name="Output">What it wrote to standard output.</param>
internal sealed record ChildRun(double WallSeconds, double ProcessorSeconds, long PeakBytes, bool IsStopped, string Output)
{
    private const int StoppedExitCode = 128 + 24; // SIGXCPU

    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(5);

    /// <summary>Runs a program.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <exception cref="MeasurementException">It does not start, or failed.</exception>
    public static async Task<ChildRun> RunAsync(params string[] command)
    {
        var before = ChildrenUsage.ProcessorSeconds();
        var start = Stopwatch.GetTimestamp();
        using var process = Start(command);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var ended = process.WaitForExitAsync();
        var peak = 0L;
        do
        {
            peak = Math.Max(peak, ReadPeakBytes(process.Id));
        } while (await Task.WhenAny(ended, Task.Delay(s_poll, TimeProvider.System)) != ended);

        var wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (process.ExitCode is not (0 or StoppedExitCode))
        {
            throw new MeasurementException($"{string.Join(' ', command)} failed: {(await errors).Trim()}");
        }

        var processor = ChildrenUsage.ProcessorSeconds() - before;
        return new ChildRun(wall, processor, peak, process.ExitCode == StoppedExitCode, await output);
    }

    private static Process Start(string[] command)
    {
        try
        {
            return Process.Start(
                new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true }
            )!;
        }
        catch (Win32Exception exception)
        {
            throw new MeasurementException($"{command[0]} does not start ({exception.Message}); is it installed?");
        }
    }

    /// <summary>0 where the process has ended meanwhile.</summary>
    private static long ReadPeakBytes(int process)
    {
        const string Field = "VmHWM:";
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal));
            return line is null ? 0 : 1024 * long.Parse(line[Field.Length..^"kB".Length], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
