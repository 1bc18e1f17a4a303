using System.Text.Json;

namespace OpenEntropy.Native.Text;

/// <summary>The accounts of a pool. Entropies in bits, times in seconds.</summary>
internal sealed record HealthText(
    PoolState Status,
    string? Reason,
    int SourcesHealthy,
    int SourcesTotal,
    long RawBytes,
    long OutputBytes,
    int Capacity,
    int BlocksAvailable,
    int BlockBits,
    double AssessedBitsIn,
    long BlocksProduced,
    long BlocksUsed,
    long MaximumLimitedBytes,
    double? SeedAgeSeconds,
    double UptimeSeconds,
    IReadOnlyList<string> Deviations
)
{
    /// <summary>Of a pool at this moment, UTF-8.</summary>
    /// <param name="pool">The pool.</param>
    public static byte[] Of(EntropyPool pool)
    {
        var status = pool.Status;
        var text = new HealthText(
            status.State,
            status.Reason,
            status.Sources.Count(source => source.Healthy),
            status.Sources.Count,
            status.RawBytes,
            status.OutputBytes,
            status.Capacity,
            status.BlocksAvailable,
            status.BlockBits,
            status.AssessedBitsIn,
            status.BlocksProduced,
            status.BlocksUsed,
            pool.MaximumLimitedBytes,
            status.SeedAge?.TotalSeconds,
            status.Uptime.TotalSeconds,
            status.Deviations
        );
        return JsonSerializer.SerializeToUtf8Bytes(text, ReadableJson.Form.HealthText);
    }
}
