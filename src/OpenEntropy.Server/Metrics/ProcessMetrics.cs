using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;

namespace OpenEntropy.Server.Metrics;

/// <summary>What the process is and costs, under the names that Prometheus' own client libraries use.</summary>
internal static class ProcessMetrics
{
    private const double MillisecondsPerSecond = 1000;

    /// <summary>Declares the instruments.</summary>
    /// <param name="meter">The one meter.</param>
    public static void Declare(Meter meter)
    {
        var build = new Measurement<double>(
            1,
            new("version", typeof(EntropyPool).Assembly.GetName().Version?.ToString(3)),
            new("runtime", RuntimeInformation.FrameworkDescription)
        );
        using var process = Process.GetCurrentProcess();
        var started = new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / MillisecondsPerSecond;
        meter.CreateObservableGauge("openentropy_build_info", () => build, unit: null, "1, labelled with what runs.");
        meter.CreateObservableGauge("process_start_time_seconds", () => started, unit: null, "When the process started, Unix time.");
        meter.CreateObservableCounter(
            "process_cpu_seconds_total",
            () => Environment.CpuUsage.TotalTime.TotalSeconds,
            unit: null,
            "Processor time used, user and system."
        );
        meter.CreateObservableGauge(
            "process_resident_memory_bytes",
            () => Environment.WorkingSet,
            unit: null,
            "Memory in use as the operating system counts it."
        );
    }
}
