using Microsoft.Extensions.Configuration;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Tls;
using Xunit;

namespace OpenEntropy.Server.Tests.Tls;

public sealed class TlsProtocolsTests
{
    [Theory]
    [InlineData("Endpoints:A:SslProtocols:0", "Tls11")]
    [InlineData("Endpoints:A:SslProtocols:1", "Ssl3")]
    [InlineData("Endpoints:A:SslProtocols:0", "None")]
    [InlineData("Endpoints:A:SslProtocols:0", "768")]
    [InlineData("Endpoints:A:SslProtocols", "Tls")]
    [InlineData("EndpointDefaults:SslProtocols:0", "Tls")]
    [InlineData("Endpoints:A:Sni:*:SslProtocols:0", "tls1.2")]
    public void Check_AnythingElse_StopsTheStartAndNamesTheKey(string key, string value)
    {
        var failure = Assert.Throws<StartFailedException>(() => TlsProtocols.Check(Section((key, value))));

        Assert.Equal($"Kestrel:{key}: '{value}' is not spoken here: give Tls12, Tls13 or both, or leave it out", failure.Message);
    }

    [Fact]
    public void Check_TheTwo_AreTaken() =>
        TlsProtocols.Check(
            Section(
                ("Endpoints:A:Url", "https://127.0.0.1:0"),
                ("Endpoints:A:SslProtocols:0", "Tls12"),
                ("Endpoints:A:SslProtocols:1", "tls13"),
                ("EndpointDefaults:SslProtocols:0", "Tls13")
            )
        );

    private static IConfigurationSection Section(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(each => new KeyValuePair<string, string?>($"Kestrel:{each.Key}", each.Value)))
            .Build()
            .GetSection("Kestrel");
}
