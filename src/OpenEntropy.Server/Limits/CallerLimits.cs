using System.ComponentModel.DataAnnotations;

namespace OpenEntropy.Server.Limits;

/// <summary>What one caller may ask. 0 is no limit.</summary>
internal class CallerLimits
{
    /// <summary>Requests per second in the long run, 0 to 1,000,000. Default 2,000.</summary>
    [Range(0, 1_000_000)]
    public int RequestsPerSecond { get; set; } = 2000;

    /// <summary>Requests at once, after a rest: 1 to 10,000,000. Default 4,000, two seconds' worth.</summary>
    [Range(1, 10_000_000)]
    public int Burst { get; set; } = 4000;

    /// <summary>
    /// Random bytes in a day, drawn for answers of whatever form, 0 to 2^50: as many at once, and then what a day earns evenly. Default 2^36 (64 GiB), which
    /// is 777 KiB in each second of the day.
    /// </summary>
    [Range(0L, 1L << 50)]
    public long BytesPerDay { get; set; } = 1L << 36;

    /// <summary>Streams and other long answers open at once, 0 to 100,000. Default 16.</summary>
    [Range(0, 100_000)]
    public int Streams { get; set; } = 16;

    /// <summary>Whether any of them limits.</summary>
    public bool IsAny => RequestsPerSecond > 0 || BytesPerDay > 0 || Streams > 0;

    /// <summary>The same, to be changed.</summary>
    public CallerLimits Copy() =>
        new()
        {
            RequestsPerSecond = RequestsPerSecond,
            Burst = Burst,
            BytesPerDay = BytesPerDay,
            Streams = Streams,
        };
}
