using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpenEntropy.Cli.Monitor.Feeds;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Pool;
using OpenEntropy.Server.Sources;

namespace OpenEntropy.Cli.Tests.Monitor;

/// <summary>Figures made up for tests, from the examples that the service's reference shows.</summary>
internal static class Scripted
{
    private static readonly SourceBody s_source = Example("get_sources_by_name", ServerJson.Default.SourceBody);
    private static readonly PoolBody s_pool = Example("get_pool_status", ServerJson.Default.PoolBody);

    /// <summary>The accounts of the pool.</summary>
    /// <param name="uptime">Time since the start, seconds.</param>
    /// <param name="output">Bytes given out.</param>
    /// <param name="available">Blocks available, of 1,024.</param>
    public static PoolBody Pool(double uptime = 60, long output = 0, int available = 1024) =>
        s_pool with
        {
            UptimeSeconds = uptime,
            BlocksAvailable = available,
            Fill = available / 1024.0,
            Bytes = s_pool.Bytes with { Out = output + 64, Drbg = output, Raw = 64 },
        };

    /// <summary>A source.</summary>
    public static SourceBody Source(string name, string category = "timing", string state = "healthy", long bytes = 5676) =>
        s_source with
        {
            Name = name,
            Category = category,
            State = state,
            Healthy = state == "healthy",
            Bytes = bytes,
            Reason = state switch
            {
                "disabled" => "disabled by the operator",
                "failed" => "the repetition count test failed: 121 equal samples",
                _ => null,
            },
        };

    /// <summary>Six sources in three categories, one of them in each state.</summary>
    public static IReadOnlyList<SourceBody> Sources =>
        [
            Source("sleep_jitter"),
            Source("clock_jitter", state: "starting", bytes: 0),
            Source("disk_io", "hardware", "disabled", bytes: 0),
            Source("camera_noise", "hardware", "unavailable", bytes: 0) with
            {
                Private = true,
                Reason = "there is no /dev/video0",
            },
            Source("cache_contention", "silicon", "failed"),
            Source("dram_row_buffer", "silicon", "permanently_failed"),
        ];

    /// <summary>A reading of <see cref="Sources"/>.</summary>
    public static MonitorReading Reading(double uptime = 60, long output = 0) => new(Pool(uptime, output), Sources);

    /// <summary>Samples that are the same in every run: two of three are 0x40 to 0x7F, the others any value.</summary>
    public static RawSamples Samples(int count)
    {
        var samples = Folder.Samples(count);
        for (var i = 0; i < count; i++)
        {
            if (i % 3 > 0)
                samples[i] = (byte)(0x40 | samples[i] & 0x3F);
        }

        return new RawSamples(samples);
    }

    private static T Example<T>(string name, JsonTypeInfo<T> type)
    {
        using var file = typeof(SourceBody).Assembly.GetManifestResourceStream($"example.{name}.json")!;
        return JsonSerializer.Deserialize(file, type)!;
    }
}
