using OpenEntropy.Conditioning;
using OpenEntropy.Drbg;
using OpenEntropy.Harvest;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Pool;

namespace OpenEntropy;

/// <summary>Copies the options, so that a pool keeps those that were checked. A test compares every property of the copy.</summary>
internal static class EntropyPoolOptionsCopy
{
    /// <summary>A copy that shares nothing with the original but the noise sources.</summary>
    /// <param name="options">The original.</param>
    public static EntropyPoolOptions Of(EntropyPoolOptions options)
    {
        var copy = new EntropyPoolOptions
        {
            Sources = Of(options.Sources),
            Harvest = new HarvestOptions { CpuBudget = options.Harvest.CpuBudget, RawCpuBudget = options.Harvest.RawCpuBudget },
            Health = new HealthOptions
            {
                IntermittentAlphaExponent = options.Health.IntermittentAlphaExponent,
                PermanentAlphaExponent = options.Health.PermanentAlphaExponent,
            },
            Conditioning = new ConditioningOptions { Hash = options.Conditioning.Hash, LeaveOut = options.Conditioning.LeaveOut },
            Pool = new SeedPoolOptions { Capacity = options.Pool.Capacity },
            Drbg = new DrbgOptions
            {
                ReseedInterval = options.Drbg.ReseedInterval,
                MaximumSeedAge = options.Drbg.MaximumSeedAge,
                StartTimeout = options.Drbg.StartTimeout,
            },
            Storage = new StorageOptions { Directory = options.Storage.Directory },
            Personalization = options.Personalization.ToArray(),
            AllowDrills = options.AllowDrills,
        };
        foreach (var source in options.AdditionalSources)
            copy.AdditionalSources.Add(source);
        return copy;
    }

    private static SourcesOptions Of(SourcesOptions options)
    {
        var copy = new SourcesOptions
        {
            Enabled = options.Enabled,
            MayEnable = options.MayEnable,
            CreditVendors = options.CreditVendors,
            LookInterval = options.LookInterval,
        };
        foreach (var (source, settings) in options.Settings)
            copy.Settings.Add(source, new Dictionary<string, string>(settings, StringComparer.OrdinalIgnoreCase));
        return copy;
    }
}
