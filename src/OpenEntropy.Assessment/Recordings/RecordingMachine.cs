using System.Runtime.InteropServices;

namespace OpenEntropy.Assessment.Recordings;

/// <summary>The machine a recording was made on: figures of another one say little about this one.</summary>
public sealed record RecordingMachine
{
    /// <summary>The processor's model, or its architecture where the system does not tell the model.</summary>
    public required string Cpu { get; init; }

    /// <summary>Cores that the process may use.</summary>
    public required int Cores { get; init; }

    /// <summary>What is known of the virtual machine; null where there is no sign of one, which is no proof that there is none.</summary>
    public string? Virtualization { get; init; }

    /// <summary>The operating system.</summary>
    public required string Os { get; init; }

    /// <summary>The kernel's release.</summary>
    public required string Kernel { get; init; }

    /// <summary>This machine.</summary>
    public static RecordingMachine ThisOne() =>
        new()
        {
            Cpu = CpuInfo("model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
            Cores = Environment.ProcessorCount,
            Virtualization = Hypervisor(),
            Os = RuntimeInformation.OSDescription,
            Kernel = FirstLine("/proc/sys/kernel/osrelease") ?? Environment.OSVersion.VersionString,
        };

    private static string? Hypervisor()
    {
        var isGuest = CpuInfo("flags")?.Split(' ').Contains("hypervisor", StringComparer.Ordinal) == true;
        var type = FirstLine("/sys/hypervisor/type");
        if (!isGuest && type is null)
            return null;
        return type ?? FirstLine("/sys/class/dmi/id/sys_vendor") ?? "a hypervisor that does not tell its name";
    }

    /// <summary>A value of the first processor in <c>/proc/cpuinfo</c>; null where the system has none.</summary>
    private static string? CpuInfo(string name)
    {
        try
        {
            var line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(each => each.Split(':')[0].Trim() == name);
            return line is null ? null : NullIfEmpty(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // another system, or a sandbox: the header says less
        }
    }

    private static string? FirstLine(string path)
    {
        try
        {
            return NullIfEmpty(File.ReadLines(path).FirstOrDefault());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
