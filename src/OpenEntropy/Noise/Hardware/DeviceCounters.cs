namespace OpenEntropy.Noise.Hardware;

/// <summary>
/// Finds the files in sysfs in which devices and processors count what they do. Devices are those with hardware (or what a hypervisor passes for
/// it) behind them: what bridges, loop devices and the like count was counted by the devices below already.
/// </summary>
/// <param name="root">Where sysfs is mounted.</param>
internal sealed class DeviceCounters(string root)
{
    // Of each kind, so that a sweep over all of them is bounded however large the machine is.
    private const int MostFiles = 16;

    private static readonly string[] s_traffic = ["rx_bytes", "tx_bytes", "rx_packets", "tx_packets"];

    /// <summary>
    /// The files found: of block devices, network interfaces, idle states, processor frequencies and counts of memory errors, each in the order of
    /// the devices' names.
    /// </summary>
    public IReadOnlyList<string> Find() =>
        [
            .. Existing(Devices("block").Select(device => Path.Combine(device, "stat"))),
            .. Existing(Devices("class/net").SelectMany(Traffic)),
            .. Existing(Processors().SelectMany(cpu => Under(cpu, "cpuidle", "state*")).SelectMany(IdleCounters)),
            .. Existing(Processors().Select(cpu => Path.Combine(cpu, "cpufreq", "scaling_cur_freq"))),
            .. Existing(Under(root, "devices/system/edac/mc", "mc*").SelectMany(ErrorCounts)),
        ];

    private static IEnumerable<string> Traffic(string device) => s_traffic.Select(name => Path.Combine(device, "statistics", name));

    private static IEnumerable<string> IdleCounters(string state) => [Path.Combine(state, "time"), Path.Combine(state, "usage")];

    private static IEnumerable<string> ErrorCounts(string controller) =>
        [Path.Combine(controller, "ce_count"), Path.Combine(controller, "ue_count")];

    private static string[] Existing(IEnumerable<string> files) => [.. files.Where(File.Exists).Take(MostFiles)];

    private IEnumerable<string> Devices(string kind) => Under(root, kind, "*").Where(device => Path.Exists(Path.Combine(device, "device")));

    private IEnumerable<string> Processors() => Under(root, "devices/system/cpu", "cpu*");

    /// <summary>The entries of a directory that fit a pattern; none where the directory is not there or may not be read.</summary>
    private static IEnumerable<string> Under(string directory, string below, string pattern)
    {
        var parent = Path.Combine(directory, below);
        if (!Directory.Exists(parent))
            return [];
        try
        {
            return Directory.GetDirectories(parent, pattern).Order(StringComparer.Ordinal);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
