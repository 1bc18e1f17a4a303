using System.ComponentModel.DataAnnotations;

namespace OpenEntropy.Drbg;

/// <summary>When the generators reseed and when they stop.</summary>
public sealed class DrbgOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenEntropy:Drbg";

    /// <summary>A generator in use reseeds after this long, when the pool has a block: 10 ms to 10 min. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan ReseedInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Age of the youngest block in a seed past which a generator gives nothing, and at which unused blocks are zeroed: 1 s to 1 day. Default 10 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaximumSeedAge { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long <see cref="EntropyPool.GetBytes"/> waits for the first seed: 0 to 5 min. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
