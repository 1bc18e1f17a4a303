using Microsoft.Extensions.Configuration;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Security;
using OpenEntropy.Server.Security.Certificates;
using Xunit;

namespace OpenEntropy.Server.Tests.Limits;

/// <summary>Limits as they are configured.</summary>
public sealed class LimitsSettingsTests
{
    private static readonly Caller s_key = new(CallerKind.Key, "k5vqx2mzra");
    private static readonly ClientSubject[] s_clients = [new("", "CN=probe,O=Example", Scopes.Random)];
    private static readonly Caller s_address = new(CallerKind.Anonymous, "192.0.2.1");
    private static readonly Caller s_local = new(CallerKind.Local, "loopback");

    [Fact]
    public void Of_NothingConfigured_LimitsAllButLoopback()
    {
        var options = Read();

        Assert.Equal((2000, 4000, 1L << 36, 16), Figures(options.Of(s_address)!));
        Assert.Same(options.Of(s_address), options.Of(s_key));
        Assert.Null(options.Of(s_local));
    }

    [Fact]
    public void Of_CallerWithItsOwn_HasTheRestAsAll()
    {
        var options = Read(
            ("OpenEntropy:Limits:Burst", "50"),
            ("OpenEntropy:Limits:Callers:k5vqx2mzra:RequestsPerSecond", "5"),
            ("OpenEntropy:Limits:Callers:192.0.2.1:BytesPerDay", "0")
        );

        Assert.Equal((5, 50, 1L << 36, 16), Figures(options.Of(s_key)!));
        Assert.Equal((2000, 50, 0, 16), Figures(options.Of(s_address)!));
        Assert.Equal((2000, 50, 1L << 36, 16), Figures(options.Of(new Caller(CallerKind.Key, "other"))!));
    }

    [Fact]
    public void Of_Loopback_IsLimitedWhereItIsAskedFor()
    {
        Assert.NotNull(Read(("OpenEntropy:Limits:Local", "true")).Of(s_local));
        Assert.Equal(7, Read(("OpenEntropy:Limits:Callers:loopback:Streams", "7")).Of(s_local)!.Streams);
        Assert.Null(Read(("OpenEntropy:Limits:Local", "true"), ("OpenEntropy:Limits:Enabled", "false")).Of(s_local));
    }

    [Theory]
    [InlineData("k5vqx2mzra")]
    [InlineData("K5VQX2MZRA")]
    [InlineData("CN=probe,O=Example")]
    [InlineData("192.0.2.1")]
    [InlineData("loopback")]
    [InlineData("operator")]
    public void Read_CallerThatThereCanBe_HasItsOwn(string id) =>
        Assert.Equal([id], Read(($"OpenEntropy:Limits:Callers:{id}:Streams", "1")).Callers.Keys);

    [Theory]
    [InlineData("backup")]
    [InlineData("k5vqx2mzr")]
    [InlineData("k5vqx2mzra2")]
    [InlineData("k5vqx2mzr1")]
    [InlineData("CN=other")]
    [InlineData("192.0.2")]
    [InlineData("192.0.2.01")]
    public void Read_CallerThatThereCannotBe_IsRefused(string id)
    {
        var configuration = Configured(($"OpenEntropy:Limits:Callers:{id}:Streams", "1"));
        var reader = new OptionsReader(configuration);
        LimitsSettings.Read(configuration, s_clients, reader);

        Assert.StartsWith($"OpenEntropy:Limits:Callers:{id}: it names no caller", Assert.Single(reader.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OpenEntropy:Limits:RequestsPerSecond", "-1", "'-1' is not a whole number from 0 to 1000000")]
    [InlineData("OpenEntropy:Limits:Burst", "0", "'0' is not a whole number from 1 to 10000000")]
    [InlineData("OpenEntropy:Limits:BytesPerDay", "64 GiB", "'64 GiB' is not a whole number from 0 to 1125899906842624")]
    [InlineData("OpenEntropy:Limits:MaximumCallers", "0", "'0' is not a whole number from 1 to 1048576")]
    [InlineData(
        "OpenEntropy:Limits:ShareWindow",
        "00:00:00",
        "'00:00:00' is not a time as [days.]hours:minutes:seconds from 00:00:01 to 01:00:00"
    )]
    [InlineData("OpenEntropy:Limits:Callers:k5vqx2mzra:Streams", "many", "'many' is not a whole number from 0 to 100000")]
    [InlineData(
        "OpenEntropy:Limits:Callers:k5vqx2mzra:Stream",
        "1",
        "there is no such key; the nearest is OpenEntropy:Limits:Callers:k5vqx2mzra:Streams"
    )]
    [InlineData("OpenEntropy:Limits:Http:HeaderBytes", "100", "'100' is not a whole number from 512 to 131072")]
    [InlineData(
        "OpenEntropy:Limits:Http:RateGrace",
        "00:00:01",
        "'00:00:01' is not a time as [days.]hours:minutes:seconds from 00:00:01.1 to 00:10:00"
    )]
    [InlineData("OpenEntropy:Limits:Http:Http2Streams", "0", "'0' is not a whole number from 1 to 1000")]
    public void Read_Nonsense_NamesTheKeyAndTheRange(string key, string value, string problem)
    {
        var reader = new OptionsReader(Configured((key, value)));
        LimitsSettings.Read(Configured((key, value)), [], reader);
        reader.Read<HttpLimitsOptions>();
        reader.RefuseUnknownKeys();

        Assert.Equal($"{key}: {problem}", Assert.Single(reader.Problems));
    }

    private static (int, int, long, int) Figures(CallerLimits limits) =>
        (limits.RequestsPerSecond, limits.Burst, limits.BytesPerDay, limits.Streams);

    private static LimitsOptions Read(params (string Key, string Value)[] settings)
    {
        var reader = new OptionsReader(Configured(settings));
        var options = LimitsSettings.Read(Configured(settings), s_clients, reader);
        Assert.Empty(reader.Problems);
        return options;
    }

    private static IConfiguration Configured(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(each => each.Key, each => (string?)each.Value)).Build();
}
