using System.Reflection;
using OpenEntropy.Adapters;
using OpenEntropy.Conditioning;
using OpenEntropy.Drbg;
using OpenEntropy.Harvest;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Pool;
using OpenEntropy.Receipts;
using OpenEntropy.Values;
using Xunit;

namespace OpenEntropy.Tests;

public sealed class EngineSurfaceTests
{
    private static readonly Assembly s_engine = typeof(EntropyPool).Assembly;

    /// <summary>What users of the library are promised. Whoever adds a type here promises it too.</summary>
    private static readonly Type[] s_promised =
    [
        typeof(EntropyPool),
        typeof(EntropyPoolOptions),
        typeof(EntropyPoolStatus),
        typeof(PoolState),
        typeof(EntropyRefusal),
        typeof(RefusalReason),
        typeof(EntropyUnavailableException),
        typeof(EntropyConfigurationException),
        typeof(StorageOptions),
        typeof(ConditioningOptions),
        typeof(DrbgOptions),
        typeof(HarvestOptions),
        typeof(HealthOptions),
        typeof(SeedPoolOptions),
        typeof(SourcesOptions),
        typeof(EntropySourceStatus),
        typeof(HealthCutoffs),
        typeof(SourceState),
        typeof(SourceFailure),
        typeof(SourceSpeed),
        typeof(NoiseSource),
        typeof(MeasuredSource),
        typeof(NoiseSourceInfo),
        typeof(NoiseSourceException),
        typeof(NoiseSourceCatalog),
        typeof(NoiseContext),
        typeof(NoiseSetting),
        typeof(NoiseCategory),
        typeof(NoiseOrigin),
        typeof(TickCounter),
        typeof(Receipt),
        typeof(ReceiptCheck),
        typeof(ReceiptOutcome),
        typeof(ReceiptPublicKey),
        typeof(ReceiptSource),
        typeof(ReceiptVerification),
        typeof(ReceiptVerifier),
        typeof(FillBytes),
        typeof(ByteSupply),
        typeof(IntegerRange),
        typeof(DistinctIntegers),
        typeof(UnitFloats),
        typeof(Gaussians),
        typeof(Version4Uuids),
        typeof(Version7Uuids),
        typeof(Alphabet),
        typeof(Shuffle),
        typeof(Choice),
        typeof(EntropyRandom),
        typeof(EntropyRandomNumberGenerator),
    ];

    [Fact]
    public void References_OfTheEngine_AreThePlatformAndPollyAlone() =>
        Assert.All(
            s_engine.GetReferencedAssemblies(),
            reference => Assert.True(IsOfThePlatform(reference.Name!) || reference.Name == "Polly.Core", reference.Name)
        );

    [Fact]
    public void ExportedTypes_OfTheEngine_AreThePromisedOnes() =>
        Assert.Equal(
            s_promised.Select(type => type.FullName).Order(StringComparer.Ordinal),
            s_engine.GetExportedTypes().Select(type => type.FullName).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void PublicMembers_OfThePool_GiveNoStateAway() =>
        Assert.DoesNotContain(
            typeof(EntropyPool).GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static),
            member => member is FieldInfo or PropertyInfo { Name: not ("Status" or "MaximumFreshBytes" or "MaximumLimitedBytes") }
        );

    private static bool IsOfThePlatform(string name) =>
        name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Win32.", StringComparison.Ordinal);
}
