using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Noise;

public sealed class SourceAssemblyTests
{
    [Fact]
    public void Create_TwoSourcesOfOneName_IsRefusedNamingIt()
    {
        var options = new EntropyPoolOptions { AdditionalSources = { new ScriptedNoiseSource("mine"), new ScriptedNoiseSource("mine") } };
        var error = Assert.Throws<EntropyConfigurationException>(() => SourceAssembly.Create(options, TimeProvider.System));
        Assert.Equal("AdditionalSources", error.Key);
        Assert.Contains("'mine'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_NameOfTheCatalog_IsRefused()
    {
        var options = new EntropyPoolOptions { AdditionalSources = { new ScriptedNoiseSource("disk_io") } };
        Assert.Throws<EntropyConfigurationException>(() => SourceAssembly.Create(options, TimeProvider.System));
    }

    [Fact]
    public void Create_UnknownSelection_IsRefusedNamingTheKey()
    {
        var options = new EntropyPoolOptions();
        options.Sources.Enabled = "disk_oi";
        var error = Assert.Throws<EntropyConfigurationException>(() => SourceAssembly.Create(options, TimeProvider.System));
        Assert.Equal("OpenEntropy:Sources:Enabled", error.Key);
        Assert.Contains("disk_io", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no_such", "Path", "OpenEntropy:Sources:Settings:no_such")]
    [InlineData("disk_io", "NoSuch", "OpenEntropy:Sources:Settings:disk_io:NoSuch")]
    public void Create_UnknownSetting_IsRefusedNamingItsKey(string source, string setting, string key)
    {
        var options = new EntropyPoolOptions();
        options.Sources.Settings[source] = new Dictionary<string, string>(StringComparer.Ordinal) { [setting] = "x" };
        Assert.Equal(key, Assert.Throws<EntropyConfigurationException>(() => SourceAssembly.Create(options, TimeProvider.System)).Key);
    }

    [Fact]
    public void Create_SettingOfTheCallersOwnSource_IsRefusedNamingItsKey()
    {
        var options = new EntropyPoolOptions { AdditionalSources = { new ScriptedNoiseSource("mine") } };
        options.Sources.Settings["Mine"] = new Dictionary<string, string>(StringComparer.Ordinal);
        var error = Assert.Throws<EntropyConfigurationException>(() => SourceAssembly.Create(options, TimeProvider.System));
        Assert.Equal("OpenEntropy:Sources:Settings:Mine", error.Key);
        Assert.Contains("reach nobody", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_Selection_EnablesItAndTheCallersOwnSources()
    {
        var options = new EntropyPoolOptions
        {
            AdditionalSources =
            {
                new ScriptedNoiseSource("mine"),
                new ScriptedNoiseSource("absent") { Unavailable = "no such thing" },
            },
        };
        options.Sources.Enabled = "hash_timing";
        var sources = SourceAssembly.Create(options, TimeProvider.System);
        var byState = sources.ToLookup(source => source.State, source => source.Info.Name);
        Assert.Equal("hash_timing mine", string.Join(' ', byState[SourceState.Starting].Order(StringComparer.Ordinal)));
        Assert.Contains("absent", byState[SourceState.Unavailable], StringComparer.Ordinal);
        Assert.Equal("no such thing", sources.Single(source => source.Info.Name == "absent").Status().Reason);
        Assert.Contains("clock_jitter", byState[SourceState.Disabled], StringComparer.Ordinal);
        foreach (var source in sources)
            source.Dispose();
    }
}
