using System.ComponentModel.DataAnnotations;

namespace OpenEntropy.Pool;

/// <summary>How many seed blocks are kept.</summary>
public sealed class SeedPoolOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenEntropy:Pool";

    /// <summary>Seed blocks the ring holds, 8 to 65,536. Default 1,024: 48 kB with SHA-384.</summary>
    [Range(8, 65536)]
    public int Capacity { get; set; } = 1024;
}
