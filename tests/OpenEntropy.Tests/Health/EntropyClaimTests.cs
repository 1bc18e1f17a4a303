using System.ComponentModel.DataAnnotations;
using System.Reflection;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Health;

public sealed class EntropyClaimTests
{
    [Theory]
    [InlineData(NoiseOrigin.Measured, 0.2, false, 0.2)]
    [InlineData(NoiseOrigin.Counter, 0.2, false, 0)]
    [InlineData(NoiseOrigin.OperatingSystem, 0.2, true, 0)]
    [InlineData(NoiseOrigin.Vendor, 0.2, false, 0)]
    [InlineData(NoiseOrigin.Vendor, 0, true, 1.0 / 3)]
    public void Of_OriginAndClaim_GivesWhatMayBeCredited(NoiseOrigin origin, double claim, bool creditVendors, double expected) =>
        Assert.Equal(expected, EntropyClaim.Of(new ScriptedNoiseSource("s") { Origin = origin, Claim = claim }.Info, creditVendors));

    [Fact]
    public void Cutoffs_ClaimTooSmallForTheWindow_IsRefusedNamingTheKeyAndTheSource()
    {
        var info = new ScriptedNoiseSource("faint") { Claim = 0.05 }.Info;
        var error = Assert.Throws<EntropyConfigurationException>(() => EntropyClaim.Cutoffs(info, 0.05, new HealthOptions()));
        Assert.Equal("OpenEntropy:Health:PermanentAlphaExponent", error.Key);
        Assert.Contains("faint", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cutoffs_EverySourceAtTheLargestExponents_CanFire()
    {
        var options = new HealthOptions
        {
            IntermittentAlphaExponent = Largest(nameof(HealthOptions.IntermittentAlphaExponent)),
            PermanentAlphaExponent = Largest(nameof(HealthOptions.PermanentAlphaExponent)),
        };

        Assert.All(
            Noise.CatalogFixture.AllInfos(),
            info =>
            {
                Assert.True(EntropyClaim.Cutoffs(info, EntropyClaim.Of(info, creditVendors: true), options)?.CanFire ?? true, info.Name);
                Assert.True(EntropyClaim.Cutoffs(info, claim: 0, options)?.CanFire ?? true, info.Name);
            }
        );

        static int Largest(string option) => (int)typeof(HealthOptions).GetProperty(option)!.GetCustomAttribute<RangeAttribute>()!.Maximum;
    }

    [Fact]
    public void Cutoffs_NoClaim_ComeFromTheTestEntropyOrAreNone()
    {
        var watched = new ScriptedNoiseSource("s") { Claim = 0, TestEntropy = 2 }.Info;
        Assert.Equal(2, EntropyClaim.Cutoffs(watched, 0, new HealthOptions())!.MinEntropy);
        var unwatched = new ScriptedNoiseSource("s") { Claim = 0 }.Info;
        Assert.Null(EntropyClaim.Cutoffs(unwatched, 0, new HealthOptions()));
    }

    [Fact]
    public void Pool_AlphaThatTheWindowCannotHold_DoesNotStart()
    {
        var options = new EntropyPoolOptions();
        options.Health.PermanentAlphaExponent = 62;
        var error = Assert.Throws<EntropyConfigurationException>(() =>
            new ScriptedPool(options, new ScriptedNoiseSource("faint") { Claim = 0.12 })
        );
        Assert.Equal("OpenEntropy:Health:PermanentAlphaExponent", error.Key);
    }
}
