using OpenEntropy.Noise;
using OpenEntropy.Noise.Timing;

namespace OpenEntropy.Cli.Trials;

/// <summary>The machine's counters, which sources read durations from.</summary>
internal static class Counters
{
    /// <summary>Measures their steps, once a process and before any source runs: busy threads would blur it.</summary>
    public static void Measure()
    {
        TickCounter.Measure();
        if (MachineCode.Runs)
            CycleCounter.Measure();
    }
}
