using Microsoft.Extensions.Configuration;
using OpenEntropy.Server.Hosting;
using Serilog;
using Serilog.Events;
using Xunit;

namespace OpenEntropy.Server.Tests.Hosting;

public sealed class SerilogSectionTests
{
    [Theory]
    [InlineData("Serilog:MinimumLevel", "Loud", "Serilog: ")]
    [InlineData("Serilog:MinimumLevel:Override:Microsoft", "Loud", "Serilog: ")]
    [InlineData("Serilog:WriteTo:0:Name", "Nowhere", "Serilog: ")]
    [InlineData("Serilog:MinimunLevel", "Debug", "Serilog:MinimunLevel: there is no such key")]
    [InlineData("Serilog:MinimumLevel:Defualt", "Debug", "Serilog:MinimumLevel:Defualt: there is no such key")]
    public void CreateLogger_BadKeyOrValue_NamesTheSection(string key, string value, string expected)
    {
        var failure = Assert.Throws<StartFailedException>(() => Create((key, value)));

        Assert.StartsWith(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CreateLogger_EmptyParents_AreNoValues()
    {
        using var logger = Create(("Serilog", ""), ("Serilog:MinimumLevel", ""), ("Serilog:MinimumLevel:Default", "Debug"));

        Assert.True(logger.IsEnabled(LogEventLevel.Debug));
    }

    [Theory]
    [InlineData("Microsoft", "Information", true)]
    [InlineData("Microsoft.AspNetCore", "Verbose", true)]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics", "$switch", true)]
    [InlineData("Microsoft.AspNetCore", "warning", false)]
    [InlineData("Microsoft.Asp", "Information", false)]
    [InlineData("OpenEntropy", "Verbose", false)]
    public void AsksFor_OverrideOfAPrefix_OnlyBelowWarnings(string prefix, string level, bool expected) =>
        Assert.Equal(
            expected,
            Read(($"Serilog:MinimumLevel:Override:{prefix}", level)).AsksFor("Microsoft.AspNetCore.Hosting.Diagnostics")
        );

    [Fact]
    public void CreateLogger_LevelAndOverride_KeepsBoth()
    {
        var section = Read(("Serilog:MinimumLevel", "Debug"), ("Serilog:MinimumLevel:Override:Microsoft", "Error"));
        using var logger = section.CreateLogger(new LoggerConfiguration());

        Assert.True(logger.IsEnabled(LogEventLevel.Debug));
    }

    [Theory]
    [InlineData("Serilog:WriteTo:0:Name", "Console", true)]
    [InlineData("Serilog:WriteTo:0", "Console", true)]
    [InlineData("Serilog:WriteTo:Console:Name", "console", true)]
    [InlineData("Serilog:WriteTo:0:Name", "File", false)]
    public void WritesToConsole_Sinks_AreFoundInEverySpelling(string key, string value, bool expected) =>
        Assert.Equal(expected, Read((key, value)).WritesToConsole);

    private static Serilog.Core.Logger Create(params (string Key, string Value)[] values) =>
        Read(values).CreateLogger(new LoggerConfiguration());

    private static SerilogSection Read(params (string Key, string Value)[] values) =>
        SerilogSection.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection(values.ToDictionary(value => value.Key, value => (string?)value.Value, StringComparer.Ordinal))
                .Build()
        );
}
