using OpenEntropy.Cli.Monitor.Feeds;

namespace OpenEntropy.Cli.Monitor.Figures;

/// <summary>What went on between two readings, per second of the service's own time. Nothing is known before the second reading, or after a restart.</summary>
internal sealed class Rates
{
    private readonly Dictionary<string, double> _samples = new(StringComparer.Ordinal);

    private Rates() { }

    /// <summary>Bytes generated for output per second; raw samples, which this program takes itself, are not among them. Null where it is not known.</summary>
    public double? Output { get; private init; }

    /// <summary>Raw samples collected per second; null where it is not known.</summary>
    public double? RawInput { get; private init; }

    /// <summary>Blocks completed per second; null where it is not known.</summary>
    public double? Blocks { get; private init; }

    /// <summary>Samples of one source collected per second; null where it is not known.</summary>
    public double? Samples(string source) => _samples.TryGetValue(source, out var rate) ? rate : null;

    /// <summary>True where the later reading is of a service started after the earlier one: what only grows has become less.</summary>
    public static bool IsRestart(MonitorReading before, MonitorReading after) =>
        after.Pool.UptimeSeconds < before.Pool.UptimeSeconds
        || after.Pool.Bytes.RawIn < before.Pool.Bytes.RawIn
        || after.Pool.Blocks.Produced < before.Pool.Blocks.Produced
        || Generated(after) < Generated(before);

    /// <summary>Compares two readings.</summary>
    /// <param name="before">The earlier; null: there is none.</param>
    /// <param name="after">The later.</param>
    public static Rates Between(MonitorReading? before, MonitorReading after)
    {
        if (before is null || after.Pool.UptimeSeconds - before.Pool.UptimeSeconds is not (> 0 and var seconds))
            return new Rates();
        var rates = new Rates
        {
            Output = (Generated(after) - Generated(before)) / seconds,
            RawInput = (after.Pool.Bytes.RawIn - before.Pool.Bytes.RawIn) / seconds,
            Blocks = (after.Pool.Blocks.Produced - before.Pool.Blocks.Produced) / seconds,
        };
        var earlier = before.Sources.ToDictionary(source => source.Name, source => source.Bytes, StringComparer.Ordinal);
        foreach (var source in after.Sources)
        {
            if (earlier.TryGetValue(source.Name, out var bytes) && source.Bytes >= bytes)
                rates._samples[source.Name] = (source.Bytes - bytes) / seconds;
        }

        return rates;
    }

    /// <summary>Bytes given out by the generators, entropy-limited ones included, since the start.</summary>
    public static long Generated(MonitorReading reading) => reading.Pool.Bytes.Drbg + reading.Pool.Bytes.Limited;
}
