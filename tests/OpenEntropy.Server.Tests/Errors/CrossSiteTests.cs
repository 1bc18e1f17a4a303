using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Tests.Faults;
using Xunit;

namespace OpenEntropy.Server.Tests.Errors;

public sealed class CrossSiteTests
{
    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("notlocalhost")]
    [InlineData("localhost.evil.example")]
    [InlineData("")]
    public void WhyNot_BrowserThatReachedLoopbackByAForeignName_IsRefused(string host)
    {
        Assert.Contains("came from nearby by the name", WhyNot(host, null, site: "same-origin"), StringComparison.Ordinal);
        Assert.Contains("came from nearby by the name", WhyNot(host, "127.0.0.1", site: "same-origin"), StringComparison.Ordinal);
        Assert.Contains("came from nearby by the name", WhyNot(host, "::1", site: "none"), StringComparison.Ordinal);
        Assert.Contains("came from nearby by the name", WhyNot(host, "::ffff:127.0.0.1", site: "none"), StringComparison.Ordinal);
        Assert.NotNull(WhyNot(host, "127.0.0.1", $"http://{host}:8042"));
    }

    [Theory]
    [InlineData("172.17.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("192.168.1.9")]
    [InlineData("::ffff:172.17.0.1")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    public void WhyNot_BrowserBehindAContainersBridge_IsRefusedByAForeignNameAlone(string client)
    {
        Assert.NotNull(WhyNot("evil.example", client, "http://evil.example:8042", "same-origin"));
        Assert.Null(WhyNot("localhost", client, "http://localhost:8042", "same-origin"));
        Assert.Null(WhyNot("192.168.1.2", client, "http://192.168.1.2:8042", "same-origin"));
        Assert.Null(WhyNot("evil.example", client));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    [InlineData("entropy.localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public void WhyNot_BrowserByANameThatNobodyElseCanOwn_IsLetIn(string host) =>
        Assert.Null(WhyNot(host, "127.0.0.1", $"http://{host}:8042", "same-origin"));

    [Fact]
    public void WhyNot_NoBrowserOrFromAfar_IsLetIn()
    {
        Assert.Null(WhyNot("evil.example", "127.0.0.1"));
        Assert.Null(WhyNot("entropy.lan", "192.0.2.7", "http://entropy.lan:8042", "same-origin"));
    }

    [Theory]
    [InlineData("entropy.example", true)]
    [InlineData("other.example; Entropy.Example", true)]
    [InlineData("*.example", true)]
    [InlineData("other.example", false)]
    [InlineData("*.entropy.example", false)]
    [InlineData("*", false)]
    public void WhyNot_AllowedHosts_IsWhatAnOperatorVouchesFor(string allowed, bool expected) =>
        Assert.Equal(expected, WhyNot("entropy.example", "127.0.0.1", "http://entropy.example:8042", allowed: allowed) is null);

    [Theory]
    [InlineData("entropy.example", "127.0.0.1", "entropy.example", true)]
    [InlineData("entropy.example", "127.0.0.1", "other.example", false)]
    [InlineData("entropy.example", "192.168.1.9", null, false)]
    [InlineData("entropy.example", "192.0.2.7", null, true)]
    [InlineData("192.168.1.2", "192.168.1.9", null, true)]
    public void WhyNotRead_BrowserThatSaysNothingElse_IsJudgedByTheName(string host, string client, string? allowed, bool expected)
    {
        var context = Context(host, client, origin: null, site: null, allowed);
        Assert.Null(CrossSite.WhyNotRead(context)); // no browser

        context.Request.Headers.AcceptLanguage = "";

        Assert.Equal(expected, CrossSite.WhyNotRead(context) is null);
    }

    [Fact]
    public async Task Post_HostThatWasMadeToResolveToLoopback_IsForbiddenAndChangesNothing()
    {
        await using var factory = new ServerFactory();
        using var client = await factory.CreateReadyClientAsync();
        await client.UntilStateAsync("scripted_a", "healthy");

        Assert.Equal(HttpStatusCode.Forbidden, await RetestAsync(client, "evil.example", "http://evil.example"));
        Assert.Equal("healthy", (await client.SourceAsync("scripted_a")).Text("state"));
        Assert.Equal(HttpStatusCode.OK, await RetestAsync(client, "localhost", "http://localhost"));
        Assert.Equal(HttpStatusCode.OK, await RetestAsync(client, "127.0.0.1:8042", "http://127.0.0.1:8042"));
        Assert.Equal(HttpStatusCode.OK, await RetestAsync(client, "[::1]:8042", "http://[::1]:8042"));
        Assert.Equal(HttpStatusCode.Forbidden, await RetestAsync(client, "evil.example", origin: null));
    }

    private static async Task<HttpStatusCode> RetestAsync(HttpClient client, string host, string? origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/sources/scripted_a/retest", UriKind.Relative));
        request.Headers.Host = host;
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private static string? WhyNot(string host, string? client, string? origin = null, string? site = null, string? allowed = null) =>
        CrossSite.WhyNot(Context(host, client, origin, site, allowed));

    private static DefaultHttpContext Context(string host, string? client, string? origin, string? site, string? allowed)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("AllowedHosts", allowed)]).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Connection.RemoteIpAddress = client is null ? null : IPAddress.Parse(client);
        context.Request.Host = host.Length == 0 ? default : new HostString(host, 8042);
        if (origin is not null)
        {
            context.Request.Headers.Origin = origin;
        }

        if (site is not null)
        {
            context.Request.Headers["Sec-Fetch-Site"] = site;
        }

        return context;
    }
}
