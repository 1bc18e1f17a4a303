using OpenEntropy.Noise;
using OpenEntropy.Noise.Hardware;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

public sealed class IoRegistrySourceTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [LinuxFact]
    public void Find_ConstructedTree_GivesTheDevicesCountersKindAfterKind()
    {
        var expected = new[]
        {
            Counter("block/vda/stat", "1"),
            Counter("class/net/eth0/statistics/rx_bytes", "1"),
            Counter("class/net/eth0/statistics/tx_packets", "1"),
            Counter("devices/system/cpu/cpu0/cpuidle/state0/time", "1"),
            Counter("devices/system/cpu/cpu0/cpuidle/state1/usage", "1"),
            Counter("devices/system/cpu/cpu1/cpufreq/scaling_cur_freq", "1"),
            Counter("devices/system/edac/mc/mc0/ce_count", "0"),
        };
        BackedByHardware("block/vda", "class/net/eth0");
        // Without hardware behind them, or no counters:
        Counter("block/loop0/stat", "1");
        Counter("class/net/lo/statistics/rx_bytes", "1");
        Counter("class/net/eth0/statistics/collisions", "1");
        Counter("class/net/bonding_masters", "");

        var found = new DeviceCounters(_directory.Path).Find();

        Assert.Equal(expected, found);
    }

    [LinuxFact]
    public void Find_LargeMachine_IsBoundedForEachKind()
    {
        for (var cpu = 0; cpu < 40; cpu++)
            Counter($"devices/system/cpu/cpu{cpu}/cpuidle/state0/time", "1");
        var errors = Counter("devices/system/edac/mc/mc0/ue_count", "0");

        var found = new DeviceCounters(_directory.Path).Find();

        Assert.Equal(17, found.Count);
        Assert.Equal(errors, found[^1]);
    }

    [LinuxFact]
    public void Collect_CountersMoved_TheSampleIsTheLowByteOfTheSum()
    {
        var disk = Counter("block/vda/stat", "   10   0   300\n");
        var idle = Counter("devices/system/cpu/cpu0/cpuidle/state0/time", "1000\n");
        BackedByHardware("block/vda");
        var source = new IoRegistrySource(_directory.Path);
        Assert.Null(source.WhyUnavailable());
        source.Open();
        try
        {
            File.WriteAllText(disk, "   12   0   308\n"); // 10
            File.WriteAllText(idle, "1300\n"); // 300
            var samples = new byte[2];

            Assert.Equal(2, source.Collect(samples));
            Assert.Equal([310 & 0xFF, 0], samples);
        }
        finally
        {
            source.Close();
        }

        Assert.Equal(0, OpenFiles.CountOf(disk));
    }

    [LinuxFact]
    public void Open_NoDevice_SaysSoAndWorksOnceThereIsOne()
    {
        var source = new IoRegistrySource(_directory.File("missing"));
        Assert.Contains("no device", source.WhyUnavailable(), StringComparison.Ordinal);
        Assert.Throws<NoiseSourceException>(source.Open);
        source.Close();
        Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1]));

        Counter("missing/devices/system/edac/mc/mc0/ce_count", "0");
        source.Open();
        Assert.Equal(1, source.Collect(new byte[1]));
        source.Close();
    }

    private string Counter(string path, string text)
    {
        var file = _directory.File(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    private void BackedByHardware(params string[] devices)
    {
        foreach (var device in devices)
            Directory.CreateDirectory(_directory.File(Path.Combine(device, "device")));
    }
}
