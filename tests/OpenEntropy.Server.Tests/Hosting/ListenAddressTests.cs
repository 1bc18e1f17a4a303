using Microsoft.Extensions.Configuration;
using OpenEntropy.Server.Hosting;
using Xunit;

namespace OpenEntropy.Server.Tests.Hosting;

public sealed class ListenAddressTests
{
    private static readonly CommandLine s_nothing = new(new Dictionary<string, string?>(StringComparer.Ordinal), null);

    [Theory]
    [InlineData("urls", "http://127.0.0.1:8042;https://[::1]:1")]
    [InlineData("urls", "http://*:0")]
    [InlineData("Kestrel:Endpoints:A:Url", "https://localhost:443")]
    [InlineData("Kestrel:Endpoints:A:Url", "http://unix:/run/openentropy.sock")]
    public void Check_Address_IsAccepted(string key, string value) => ListenAddress.Check(Configuration((key, value)));

    [Theory]
    [InlineData("urls", "http://127.0.0.1:1;http://nope:1")]
    [InlineData("urls", "http://127.0.0.1:x")]
    [InlineData("Kestrel:Endpoints:A:Url", "http://nope:x")]
    [InlineData("Kestrel:Endpoints:A:Url", "http://example.org:80")]
    [InlineData("Kestrel:Endpoints:A:Url", "http://[::1]:x")]
    [InlineData("Kestrel:Endpoints:A:Url", "http://127.0.0.1:65536")]
    [InlineData("Kestrel:Endpoints:A:Url", "127.0.0.1:80")]
    [InlineData("Kestrel:Endpoints:A:Url", "")]
    [InlineData("Kestrel:Endpoints", "")]
    [InlineData("Kestrel:Endpoints", "http://*:80")]
    public void Check_WhatKestrelTakesForAllInterfaces_IsRefusedWithItsKey(string key, string value)
    {
        var failure = Assert.Throws<StartFailedException>(() => ListenAddress.Check(Configuration((key, value))));

        Assert.StartsWith($"{key}: '", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("urls", "9000", "OpenEntropy:Server:Port given without effect, since urls is given too")]
    [InlineData("Kestrel:Endpoints:A:Url", "9000", "OpenEntropy:Server:Port given without effect, since Kestrel:Endpoints is given too")]
    [InlineData("urls", "8042", null)]
    [InlineData("Kestrel:Endpoints", "9000", null)]
    [InlineData("other", "9000", null)]
    public void IgnoredAddress_PortBesideAnother_IsTold(string key, string port, string? warning)
    {
        var configuration = Configuration((key, "http://127.0.0.1:1"), ("OpenEntropy:Server:Port", port));

        Assert.Equal(warning, ServerKestrel.IgnoredAddress(configuration, ServerSettings.Read(configuration).Server, s_nothing));
    }

    [Fact]
    public void IgnoredAddress_DefaultSpelledOutOnTheCommandLine_IsTold()
    {
        var commandLine = CommandLine.Parse(["--port=8042", "--host=127.0.0.1", "--urls=http://127.0.0.1:1"], out _)!;

        Assert.Equal(
            "OpenEntropy:Server:Host and OpenEntropy:Server:Port given without effect, since urls is given too",
            ServerKestrel.IgnoredAddress(Configuration(("urls", "http://127.0.0.1:1")), new ServerOptions(), commandLine)
        );
    }

    [Fact]
    public void IgnoredAddress_UrlsMadeOfHostAndPort_IsSilent()
    {
        var options = new ServerOptions { Host = "127.0.0.2", Port = 9000 };

        Assert.Null(ServerKestrel.IgnoredAddress(Configuration(("urls", options.Url)), options, s_nothing));
    }

    [Theory]
    [InlineData("urls", "http://127.0.0.1:1", "urls")]
    [InlineData("urls", "http://127.0.0.1:1;https://127.0.0.1:2", null)]
    [InlineData("Kestrel:Endpoints:A:Url", "http://127.0.0.1:1", "Kestrel:Endpoints")]
    [InlineData("Kestrel:Endpoints:A:Url", "https://127.0.0.1:1", null)]
    [InlineData("other", "", null)]
    public void IgnoredAddress_DevelopmentCertificateWithoutHttps_IsTold(string key, string address, string? winner)
    {
        var options = new ServerOptions { DevelopmentCertificate = true };

        var warning = ServerKestrel.IgnoredAddress(Configuration((key, address)), options, s_nothing);

        Assert.Equal(
            winner is null ? null : $"OpenEntropy:Server:DevelopmentCertificate given without effect, since {winner} is given too",
            warning
        );
        Assert.Equal("https://127.0.0.1:8042", options.Url);
    }

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(values.ToDictionary(value => value.Key, value => (string?)value.Value, StringComparer.Ordinal))
            .Build();
}
