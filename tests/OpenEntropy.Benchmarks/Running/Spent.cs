using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OpenEntropy.Benchmarks.Running;

/// <summary>Time that has passed and processor time that this process has used, from a moment on.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct Spent
{
    private readonly long _wall;
    private readonly TimeSpan _processor;

    private Spent(long wall, TimeSpan processor) => (_wall, _processor) = (wall, processor);

    /// <summary>Seconds passed.</summary>
    public double WallSeconds => Stopwatch.GetElapsedTime(_wall).TotalSeconds;

    /// <summary>Seconds of processor time, user and system, of all threads.</summary>
    public double ProcessorSeconds => (Environment.CpuUsage.TotalTime - _processor).TotalSeconds;

    /// <summary>From now on.</summary>
    public static Spent Start() => new(Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
}
