using OpenEntropy.Conditioning;
using OpenEntropy.Continuity;
using OpenEntropy.Drbg;
using OpenEntropy.Health;

namespace OpenEntropy.Output;

/// <summary>What weakens the promises of the defaults: settings in force, and what this machine does not grant.</summary>
internal static class PoolDeviations
{
    /// <summary>The key of the leave-out.</summary>
    public const string LeaveOutKey = $"{ConditioningOptions.Section}:{nameof(ConditioningOptions.LeaveOut)}";

    private static readonly HealthOptions s_health = new();
    private static readonly DrbgOptions s_drbg = new();

    /// <summary>A sentence each.</summary>
    /// <param name="options">The settings in force.</param>
    /// <param name="memory">Whether the pool's memory is kept out of swap and out of core dumps.</param>
    public static IReadOnlyList<string> Of(EntropyPoolOptions options, (bool Locked, bool DumpExcluded) memory) =>
        [.. OfSettings(options), .. OfMachine(memory)];

    private static IEnumerable<string> OfSettings(EntropyPoolOptions options)
    {
        if (options.Conditioning.LeaveOut == 0)
            yield return $"{LeaveOutKey} is 0: a block may rest on a single noise source";
        if (options.Sources.CreditVendors)
            yield return "OpenEntropy:Sources:CreditVendors is on: generators behind a vendor's interface earn credit";
        if (
            options.Health.IntermittentAlphaExponent > s_health.IntermittentAlphaExponent
            || options.Health.PermanentAlphaExponent > s_health.PermanentAlphaExponent
        )
            yield return "the health tests' false-alarm probabilities are below the defaults: they notice less";
        if (options.Drbg.MaximumSeedAge > s_drbg.MaximumSeedAge)
            yield return $"{DrbgOptions.Section}:{nameof(DrbgOptions.MaximumSeedAge)} is {options.Drbg.MaximumSeedAge}: output may rest on older seeds";
        if (options.Drbg.ReseedInterval > s_drbg.ReseedInterval)
            yield return $"{DrbgOptions.Section}:{nameof(DrbgOptions.ReseedInterval)} is {options.Drbg.ReseedInterval}: generators in use reseed less often";
    }

    private static IEnumerable<string> OfMachine((bool Locked, bool DumpExcluded) memory)
    {
        if (!memory.Locked)
            yield return "the pool's memory is not locked: the system may write it to swap (raise the memory lock limit)";
        if (!memory.DumpExcluded)
            yield return "the pool's memory is not left out of core dumps";
        if (!SystemClocks.IsSupported)
            yield return "this platform's clocks show no suspension or resume: a cloned machine rests on the operating system's generator";
    }
}
