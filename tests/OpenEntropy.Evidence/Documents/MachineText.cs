using System.Diagnostics;
using System.Globalization;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Noise;

namespace OpenEntropy.Evidence.Documents;

/// <summary>The machine that figures were taken on, in a sentence.</summary>
internal static class MachineText
{
    /// <summary>This machine.</summary>
    /// <param name="now">When.</param>
    public static string Of(DateTimeOffset now)
    {
        var machine = RecordingMachine.ThisOne();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Measured on {now:yyyy-MM-dd} (UTC): {machine.Cpu}, {machine.Cores} cores, {machine.Os}, kernel {machine.Kernel}, "
                + $"{(machine.Virtualization is { } host ? $"a virtual machine ({host})" : "no sign of a virtual machine")}; "
                + $"a counter of {Stopwatch.Frequency:N0} ticks a second that moves in steps of {TickCounter.Granularity:0.##}."
        );
    }
}
