using OpenEntropy.Conditioning;
using OpenEntropy.Drbg;
using OpenEntropy.Harvest;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Pool;

namespace OpenEntropy;

/// <summary>Everything that can be chosen about a pool. Each part is one configuration section under <c>OpenEntropy</c>.</summary>
public sealed class EntropyPoolOptions
{
    /// <summary>Which noise sources run.</summary>
    public SourcesOptions Sources { get; init; } = new();

    /// <summary>How hard the harvest works.</summary>
    public HarvestOptions Harvest { get; init; } = new();

    /// <summary>The false-alarm probabilities of the health tests.</summary>
    public HealthOptions Health { get; init; } = new();

    /// <summary>How samples become seed blocks.</summary>
    public ConditioningOptions Conditioning { get; init; } = new();

    /// <summary>How many seed blocks are kept.</summary>
    public SeedPoolOptions Pool { get; init; } = new();

    /// <summary>When the generators reseed and when they stop.</summary>
    public DrbgOptions Drbg { get; init; } = new();

    /// <summary>Where files are kept.</summary>
    public StorageOptions Storage { get; init; } = new();

    /// <summary>
    /// A string of the caller's own, of any length, beside the machine's identity: it is hashed, absorbed with every block and in every generator's
    /// personalization string (SP 800-90A, 8.7.1). It earns no credit, replaces nothing and makes no output repeatable. Default: none.
    /// </summary>
    public ReadOnlyMemory<byte> Personalization { get; init; }

    /// <summary>Whether sources and pool can be made to fail on purpose. Default: false, and then nothing of it is in the way of a sample.</summary>
    internal bool AllowDrills { get; init; }

    /// <summary>Noise sources of your own, beside those of the catalog. They are always selected.</summary>
    public IList<NoiseSource> AdditionalSources { get; } = [];
}
