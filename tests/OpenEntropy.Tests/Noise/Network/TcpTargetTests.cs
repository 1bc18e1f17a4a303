using System.Net;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Network;
using Xunit;

namespace OpenEntropy.Tests.Noise.Network;

public class TcpTargetTests
{
    private const string Key = "OpenEntropy:Sources:Settings:tcp_connect_timing:Target";

    [Theory]
    [InlineData("example.org:443", "example.org", 443)]
    [InlineData("localhost:1", "localhost", 1)]
    [InlineData("192.0.2.1:65535", "192.0.2.1", 65535)]
    [InlineData("[2001:db8::1]:80", "2001:db8::1", 80)]
    public void Parse_HostAndPort_GivesBoth(string text, string host, int port) =>
        Assert.Equal(new TcpTarget(host, port), TcpTarget.Parse(Key, text));

    [Theory]
    [InlineData("")]
    [InlineData("example.org")]
    [InlineData("example.org:")]
    [InlineData(":443")]
    [InlineData("example.org:0")]
    [InlineData("example.org:65536")]
    [InlineData("example.org:-1")]
    [InlineData("example.org: 443")]
    [InlineData("example.org:99999999999999999999")]
    [InlineData("example.org:https")]
    [InlineData("exa mple.org:443")]
    [InlineData("http://example.org:443")]
    [InlineData("2001:db8::1:80")]
    [InlineData("[192.0.2.1]:80")]
    [InlineData("[]:80")]
    [InlineData("[2001:db8::1:80")]
    public void Constructor_AnythingElse_ThrowsAndNamesTheKey(string text)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["tcp_connect_timing:Target"] = text };

        var exception = Assert.Throws<EntropyConfigurationException>(() => new TcpConnectTimingSource(new NoiseContext("/", settings)));

        Assert.Equal(Key, exception.Key);
        Assert.StartsWith(Key, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_Address_AsksNoNameServer() =>
        Assert.Equal(new IPEndPoint(IPAddress.IPv6Loopback, 80), new TcpTarget("::1", 80).Resolve(TimeSpan.Zero));
}
