using System.Reflection;
using Microsoft.Extensions.Configuration;
using OpenEntropy.Server.Hosting;
using Xunit;

namespace OpenEntropy.Server.Tests.Hosting;

public sealed class ServerSettingsTests
{
    [Fact]
    public void Read_NothingConfigured_GivesTheDocumentedDefaults()
    {
        var settings = Read();

        Assert.Equal("http://127.0.0.1:8042", settings.Server.Url);
        Assert.Equal("fast", settings.Pool.Sources.Enabled);
        Assert.False(settings.Randomness.AllowRaw);
    }

    [Fact]
    public void Read_EveryTypeOfValue_IsConverted()
    {
        var settings = Read(
            ("OpenEntropy:server:PORT", "0"),
            ("OpenEntropy:Server:MaximumConnections", "5"),
            ("OpenEntropy:Randomness:AllowRaw", "True"),
            ("OpenEntropy:Harvest:CpuBudget", "0.5"),
            ("OpenEntropy:Randomness:MaxBytes", "5000000000"),
            ("OpenEntropy:Drbg:MaximumSeedAge", "01:00:00")
        );

        Assert.Equal(0, settings.Server.Port);
        Assert.Equal(5, settings.Server.MaximumConnections);
        Assert.True(settings.Randomness.AllowRaw);
        Assert.Equal(0.5, settings.Pool.Harvest.CpuBudget);
        Assert.Equal(5_000_000_000, settings.Randomness.MaxBytes);
        Assert.Equal(TimeSpan.FromHours(1), settings.Pool.Drbg.MaximumSeedAge);
    }

    [Theory]
    [InlineData("OpenEntropy:Server:Port", "65536", "OpenEntropy:Server:Port: '65536' is not a whole number from 0 to 65535")]
    [InlineData("OpenEntropy:Server:Port", "8o42", "OpenEntropy:Server:Port: '8o42' is not a whole number from 0 to 65535")]
    [InlineData("OpenEntropy:Server:Port", "", "OpenEntropy:Server:Port: '' is not a whole number from 0 to 65535")]
    [InlineData(
        "OpenEntropy:Server:Host",
        "example.org",
        "OpenEntropy:Server:Host: 'example.org' is neither an IP address nor localhost nor *"
    )]
    [InlineData("OpenEntropy:Server:Host", "", "OpenEntropy:Server:Host: '' is not a text of at least one character")]
    [InlineData("OpenEntropy:Server:Host", "[::1]:80", "OpenEntropy:Server:Host: '[::1]:80' is neither an IP address")]
    [InlineData("OpenEntropy:Server:CorsOrigins", "*", "OpenEntropy:Server:CorsOrigins: '*' is no origin")]
    [InlineData(
        "OpenEntropy:Server:CorsOrigins",
        "https://example.org/",
        "OpenEntropy:Server:CorsOrigins: 'https://example.org/' is not written as browsers write it: 'https://example.org'"
    )]
    [InlineData("OpenEntropy:Storage:Directory", "data", "OpenEntropy:Storage:Directory: 'data' is not an absolute path")]
    [InlineData("OpenEntropy:Storage:Directory", "~/data", "OpenEntropy:Storage:Directory: '~/data' is not an absolute path")]
    [InlineData(
        "OpenEntropy:Otlp:Endpoint",
        "collector:4318",
        "OpenEntropy:Otlp:Endpoint: 'collector:4318' is not an http or https address"
    )]
    [InlineData("OpenEntropy:Otlp:Headers", "secret", "OpenEntropy:Otlp:Headers: headers are name=value, separated by commas")]
    [InlineData("OpenEntropy:Otlp:TraceRatio", "0.1", "OpenEntropy:Otlp:TraceRatio: traces need an address: set Endpoint")]
    [InlineData("OpenEntropy:Otlp:TraceRatio", "2", "OpenEntropy:Otlp:TraceRatio: '2' is not a number from 0 to 1")]
    [InlineData("OpenEntropy:Otlp:Protocol", "udp", "OpenEntropy:Otlp:Protocol: 'udp' is not ")]
    [InlineData("OpenEntropy:Logging:Json", "yes", "OpenEntropy:Logging:Json: 'yes' is not true or false")]
    [InlineData("OpenEntropy:Logging:Requests", "some", "OpenEntropy:Logging:Requests: 'some' is not true or false")]
    [InlineData(
        "OpenEntropy:Logging:RepeatsPerMinute",
        "0",
        "OpenEntropy:Logging:RepeatsPerMinute: '0' is not a whole number from 1 to 100000"
    )]
    [InlineData("OpenEntropy:Harvest:CpuBudget", "NaN", "OpenEntropy:Harvest:CpuBudget: 'NaN' is not a number from 0.001 to 1")]
    [InlineData("OpenEntropy:Harvest:CpuBudget", "0,5", "OpenEntropy:Harvest:CpuBudget: '0,5' is not a number from 0.001 to 1")]
    [InlineData("OpenEntropy:Sources:Enabled", "", "OpenEntropy:Sources:Enabled: '' is not a text of at least one character")]
    [InlineData("OpenEntropy:Drbg:MaximumSeedAge", "60", "'60' is not a time as [days.]hours:minutes:seconds from 00:00:01 to 1.00:00:00")]
    [InlineData("OpenEntropy:Conditioning:Hash", "MD5", "'MD5' is not one of SHA-256, SHA-384, SHA-512, SHA3-256, SHA3-384, SHA3-512")]
    [InlineData(
        "OpenEntropy:Pool:Capcity",
        "9",
        "OpenEntropy:Pool:Capcity: there is no such key; the nearest is OpenEntropy:Pool:Capacity"
    )]
    [InlineData("OpenEntropy:Port", "9", "OpenEntropy:Port: there is no such key; the nearest is OpenEntropy:Server:Port")]
    [InlineData("OpenEntropy:Server:Port:Value", "9", "OpenEntropy:Server:Port:Value: there is no such key")]
    [InlineData("OpenEntropy:Server", "9", "OpenEntropy:Server: there is no such key")]
    [InlineData("OpenEntropy:Server:Url", "9", "OpenEntropy:Server:Url: there is no such key")]
    [InlineData(
        "OpenEntropy:Sources:Settings:no_such_source:Size",
        "9",
        "OpenEntropy:Sources:Settings:no_such_source:Size: there is no such key"
    )]
    public void Read_BadKeyOrValue_NamesIt(string key, string value, string expected)
    {
        var failure = Assert.Throws<StartFailedException>(() => Read((key, value)));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Environment.NewLine, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_PortChosenBySystemOnLocalhost_IsRefusedWithOurKey()
    {
        var failure = Assert.Throws<StartFailedException>(() =>
            Read(("OpenEntropy:Server:Port", "0"), ("OpenEntropy:Server:Host", "localhost"))
        );

        Assert.StartsWith("OpenEntropy:Server:Port: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ThreeProblems_NamesEachOnALine()
    {
        var failure = Assert.Throws<StartFailedException>(() =>
            Read(("OpenEntropy:Server:Port", "x"), ("OpenEntropy:Pool:Capacity", "1"), ("OpenEntropy:Nonsense", "1"))
        );

        Assert.Equal(3, failure.Message.Split(Environment.NewLine).Length);
    }

    [Fact]
    public void Read_EveryOptionsClassOfTheProduct_IsRead()
    {
        // A class with a Section that nobody reads would have its keys refused as unknown, or its limits never checked.
        var classes = new[] { typeof(ServerOptions).Assembly, typeof(EntropyPool).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type.GetField("Section") is not null)
            .ToList();
        Assert.NotEmpty(classes);

        foreach (var options in classes)
        {
            var section = (string)options.GetField("Section")!.GetRawConstantValue()!;
            var defaults = Activator.CreateInstance(options);
            var values = options
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.SetMethod is not null && property.GetValue(defaults) is string or ValueType)
                .Select(property => ($"{section}:{property.Name}", OptionValue.Format(property.GetValue(defaults))));
            Assert.NotNull(Read([.. values]));
        }
    }

    [Fact]
    public void Read_AppSettings_AgreesWithTheDefaults()
    {
        var configuration = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json")).Build();
        var read = ServerSettings.Read(configuration);
        var defaults = Read();

        Assert.NotEmpty(configuration.GetSection("OpenEntropy").GetChildren());
        Assert.Equivalent(defaults, read);
    }

    internal static ServerSettings Read(params (string Key, string Value)[] values) =>
        ServerSettings.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection(values.ToDictionary(value => value.Key, value => (string?)value.Value, StringComparer.Ordinal))
                .Build()
        );
}
