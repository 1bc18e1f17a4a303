using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

/// <summary>The sources are found by reflection, so that one could vanish unseen: here stands which there are.</summary>
public sealed class CatalogNamesTests(CatalogFixture catalog) : IClassFixture<CatalogFixture>
{
    public static TheoryData<string, NoiseCategory> Expected() =>
        new()
        {
            { "clock_jitter", NoiseCategory.Timing },
            { "mach_timing", NoiseCategory.Timing },
            { "sleep_jitter", NoiseCategory.Timing },
            { "timer_events", NoiseCategory.Timing },
            { "io_uring", NoiseCategory.System },
            { "keyring_timing", NoiseCategory.System },
            { "os_rng", NoiseCategory.System },
            { "pipe_buffer", NoiseCategory.System },
            { "process_table", NoiseCategory.System },
            { "sysctl_deltas", NoiseCategory.System },
            { "thread_lifecycle", NoiseCategory.System },
            { "unix_socket", NoiseCategory.System },
            { "vmstat_deltas", NoiseCategory.System },
            { "dns_timing", NoiseCategory.Network },
            { "tcp_connect_timing", NoiseCategory.Network },
            { "wifi_rssi", NoiseCategory.Network },
            { "audio_noise", NoiseCategory.Hardware },
            { "bluetooth_noise", NoiseCategory.Hardware },
            { "camera_noise", NoiseCategory.Hardware },
            { "disk_io", NoiseCategory.Hardware },
            { "fsync_journal", NoiseCategory.Hardware },
            { "gpu_timing", NoiseCategory.Hardware },
            { "hardware_trng.hwrng", NoiseCategory.Hardware },
            { "hardware_trng.rdseed", NoiseCategory.Hardware },
            { "hardware_trng.tpm", NoiseCategory.Hardware },
            { "hid_timing", NoiseCategory.Hardware },
            { "ioregistry", NoiseCategory.Hardware },
            { "memory_timing", NoiseCategory.Hardware },
            { "sensor_noise", NoiseCategory.Hardware },
            { "serial_trng", NoiseCategory.Hardware },
            { "cache_contention", NoiseCategory.Silicon },
            { "cache_flush", NoiseCategory.Silicon },
            { "cas_contention", NoiseCategory.Silicon },
            { "denormal_timing", NoiseCategory.Silicon },
            { "dram_row_buffer", NoiseCategory.Silicon },
            { "page_fault_timing", NoiseCategory.Silicon },
            { "speculative_execution", NoiseCategory.Silicon },
            { "tlb_shootdown", NoiseCategory.Silicon },
            { "vm_exit", NoiseCategory.Silicon },
            { "cpu_io_beat", NoiseCategory.CrossDomain },
            { "cpu_memory_beat", NoiseCategory.CrossDomain },
            { "multi_domain_beat", NoiseCategory.CrossDomain },
            { "compression_timing", NoiseCategory.Novel },
            { "dispatch_queue", NoiseCategory.Novel },
            { "dyld_timing", NoiseCategory.Novel },
            { "hash_timing", NoiseCategory.Novel },
            { "spotlight_timing", NoiseCategory.Novel },
            { "vm_page_timing", NoiseCategory.Novel },
        };

    [Theory]
    [MemberData(nameof(Expected))]
    public void Info_OfEverySourceExpected_IsThereInItsCategory(string name, NoiseCategory category) =>
        Assert.Equal(
            category,
            Assert.Single(catalog.Sources, source => source.Info.Name.Equals(name, StringComparison.Ordinal)).Info.Category
        );

    [Fact]
    public void Sources_OfTheCatalog_AreNoMoreThanExpected() => Assert.Equal(Expected().Count, catalog.Sources.Count);
}
