using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Noise;

public sealed class OptInSourcesTests
{
    private static readonly NoiseSourceInfo[] s_catalog =
    [
        Source("disk_io", NoiseCategory.Hardware, optIn: false),
        Source("audio_noise", NoiseCategory.Hardware, optIn: true),
        Source("camera_noise", NoiseCategory.Hardware, optIn: true),
        Source("dns_timing", NoiseCategory.Network, optIn: true),
    ];

    [Theory]
    [InlineData("fast", "", "disk_io")]
    [InlineData("hardware", "", "disk_io")]
    [InlineData("fast,audio_noise", "", "disk_io audio_noise")]
    [InlineData("all", "", "disk_io audio_noise camera_noise dns_timing")]
    [InlineData("fast", "camera_noise", "disk_io camera_noise")]
    [InlineData("fast", " Camera_Noise , dns_*, ", "disk_io camera_noise dns_timing")]
    [InlineData("audio_noise", "dns_timing", "disk_io audio_noise dns_timing")]
    [InlineData("fast", "all", "disk_io audio_noise camera_noise dns_timing")]
    public void MayEnable_OptIn_IsWhatTheConfigurationNames(string enabled, string mayEnable, string allowed)
    {
        var sources = OptInSources.Of(new SourcesOptions { Enabled = enabled, MayEnable = mayEnable }, s_catalog);
        Assert.Equal(allowed, string.Join(' ', s_catalog.Select(source => source.Name).Where(sources.MayEnable)));
    }

    [Theory]
    [InlineData("fast,hardware,network", "")]
    [InlineData("audio_noise", "")]
    [InlineData("*_noise", "audio_noise camera_noise")]
    [InlineData("all,camera_noise", "audio_noise dns_timing")]
    public void Unnamed_Selection_IsWhatAGlobOrAllTookAlong(string enabled, string unnamed) =>
        Assert.Equal(unnamed, string.Join(' ', OptInSources.Of(new SourcesOptions { Enabled = enabled }, s_catalog).Unnamed));

    [Theory]
    [InlineData("camera_nois", "'camera_nois' names no noise source and no category; near names: camera_noise")]
    [InlineData(
        "camera_noise,hardware",
        "'hardware' names no opt-in source, and the others need no permission; those there are: audio_noise, "
    )]
    [InlineData("disk_io", "'disk_io' names no opt-in source")]
    [InlineData("fast", "'fast' names no opt-in source")]
    public void Of_TermThatAllowsNothing_IsRefusedNamingTheKey(string mayEnable, string message)
    {
        var error = Assert.Throws<EntropyConfigurationException>(() =>
            OptInSources.Of(new SourcesOptions { MayEnable = mayEnable }, s_catalog)
        );
        Assert.Equal("OpenEntropy:Sources:MayEnable", error.Key);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pool_PermissionForWhatDoesNotExist_IsRefusedAtTheStart()
    {
        var options = new EntropyPoolOptions { Sources = { MayEnable = "camera_nois" } };
        Assert.Equal("OpenEntropy:Sources:MayEnable", Assert.Throws<EntropyConfigurationException>(() => new EntropyPool(options)).Key);
    }

    [Fact]
    public async Task Enable_OfTheLibrary_AsksForNoPermission()
    {
        await using var pool = new EntropyPool(new EntropyPoolOptions { Sources = { Enabled = "os_rng" } });
        Assert.False(pool.MayEnable("camera_noise"));
        Assert.True(pool.MayEnable("sleep_jitter"));
        Assert.True(pool.Enable("camera_noise"));
        Assert.NotEqual(SourceState.Disabled, pool.FindSource("camera_noise")!.State);
    }

    [Fact]
    public void Source_WhoseLookThrows_IsUnavailableAndSaysWhy()
    {
        var noise = new ScriptedNoiseSource("s")
        {
            LookFailure = new UnauthorizedAccessException("Access to the path '/dev/s' is denied."),
        };
        using var source = new EntropySource(noise, new HealthOptions(), creditVendors: false, selected: true, TimeProvider.System);
        source.AwaitLook(TimeSpan.FromSeconds(20));
        Assert.Equal(SourceState.Unavailable, source.State);
        Assert.Equal("looking for it failed: Access to the path '/dev/s' is denied", source.Status().Reason);
    }

    private static NoiseSourceInfo Source(string name, NoiseCategory category, bool optIn) =>
        new()
        {
            Name = name,
            Category = category,
            Mechanism = "-",
            ClaimedMinEntropy = 0,
            ClaimBasis = "-",
            OptIn = optIn,
        };
}
