using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Tls;
using Xunit;

namespace OpenEntropy.Server.Tests.Tls;

/// <summary>Whose browsers are told to come by https alone.</summary>
public sealed class TransportPolicyTests
{
    [Theory]
    [InlineData("https", "entropy.example", "max-age=2592000")]
    [InlineData("https", "entropy.example:8443", "max-age=2592000")]
    [InlineData("http", "entropy.example", "")]
    [InlineData("https", "localhost", "")]
    [InlineData("https", "a.localhost", "")]
    [InlineData("https", "192.0.2.7", "")]
    [InlineData("https", "[::1]:8443", "")]
    [InlineData("https", "", "")]
    public void Set_ByDefault_IsForPublicNamesByHttps(string scheme, string host, string expected) =>
        Assert.Equal(expected, HeaderOf(new TlsOptions(), scheme, host));

    [Fact]
    public void Set_Options_AreWritten()
    {
        var day = TimeSpan.FromDays(1);

        Assert.Equal(
            "max-age=86400; includeSubDomains",
            HeaderOf(new TlsOptions { HstsMaxAge = day, HstsIncludeSubDomains = true }, "https", "entropy.example")
        );
        Assert.Equal("", HeaderOf(new TlsOptions { HstsMaxAge = TimeSpan.Zero }, "https", "entropy.example"));
    }

    [Fact]
    public void Set_DevelopmentCertificate_IsNobodysToInsistOn() =>
        Assert.Equal("", HeaderOf(new TlsOptions(), "https", "entropy.example", new DevelopmentCertificate(null!, "")));

    private static string HeaderOf(TlsOptions options, string scheme, string host, DevelopmentCertificate? development = null)
    {
        var services = new ServiceCollection().AddSingleton(Options.Create(options)).AddSingleton<TransportPolicy>();
        if (development is not null)
        {
            services.AddSingleton(development);
        }

        using var provider = services.BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = provider };
        context.Request.Scheme = scheme;
        context.Request.Host = new HostString(host);
        AnswerHeaders.Set(context.Response);
        return context.Response.Headers.StrictTransportSecurity.ToString();
    }
}
