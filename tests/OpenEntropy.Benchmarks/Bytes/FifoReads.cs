using System.Diagnostics;
using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Bytes;

/// <summary>Reads of eight bytes out of the pipe of <c>openentropy device</c>, as Ollama makes one for each token.</summary>
internal static class FifoReads
{
    private const int Reads = 20_000;
    private const int WordBytes = 8;
    private const double MostMicroseconds = 50;
    private const double Percent99 = 0.99;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(5);

    /// <summary>Measures.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        var path = Path.Combine(Path.GetTempPath(), $"openentropy-fifo-{Environment.ProcessId}");
        using var device = Process.Start(new ProcessStartInfo(PublishedProgram.File, ["device", path]) { RedirectStandardError = true })!;
        try
        {
            var start = Stopwatch.GetTimestamp();
            while (!Path.Exists(path))
            {
                if (device.HasExited || Stopwatch.GetElapsedTime(start) > s_patience)
                    throw new MeasurementException("openentropy device makes no pipe");
                await Task.Delay(s_poll, TimeProvider.System);
            }

            var microseconds = Measure(path);
            report.Judged(
                Median.Of(microseconds),
                Bound.AtMost(MostMicroseconds, "50 µs"),
                "an 8-byte read of device's pipe",
                $"{Median.Of(microseconds):0.0} µs",
                $"99 of 100 within {microseconds.Order().ElementAt((int)(Reads * Percent99)):0.0} µs"
            );
        }
        finally
        {
            using var kill = Process.Start("kill", ["-TERM", $"{device.Id}"]);
            await device.WaitForExitAsync();
        }
    }

    private static double[] Measure(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        var word = new byte[WordBytes];
        file.ReadExactly(word); // the start of the engine
        var microseconds = new double[Reads];
        foreach (ref var each in microseconds.AsSpan())
        {
            var start = Stopwatch.GetTimestamp();
            file.ReadExactly(word);
            each = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        return microseconds;
    }
}
