using System.ComponentModel.DataAnnotations;
using OpenEntropy.Server.Proxies;
using Xunit;

namespace OpenEntropy.Server.Tests.Proxies;

/// <summary>Who is believed to ask for whom, and that nobody becomes local by saying so.</summary>
public sealed class TrustedProxiesTests
{
    private const string Client = "198.51.100.7";

    [Fact]
    public async Task Get_NoProxyTrusted_NothingIsTaken()
    {
        await using var host = await ProxiedHost.StartAsync();

        Assert.Equal(
            (200, "Anonymous 192.0.2.1 http://localhost foreign closed"),
            await host.GetAsync("192.0.2.1", $"X-Forwarded-For: {Client}")
        );
        Assert.Equal(
            (200, "Anonymous 192.0.2.1 http://localhost foreign closed"),
            await host.GetAsync("192.0.2.1", "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: https")
        );
        Assert.Equal(
            (200, "Anonymous proxy on loopback http://localhost foreign closed"),
            await host.GetAsync("127.0.0.1", $"X-Forwarded-For: {Client}")
        );
        Assert.Equal((200, "Local loopback http://localhost local clear"), await host.GetAsync("127.0.0.1"));
    }

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("::ffff:192.0.2.1")]
    [InlineData("10.1.2.3")]
    [InlineData("127.0.0.1")]
    [InlineData("2001:db8::9")]
    public async Task Get_TrustedProxy_IsTheClientsAddressAndScheme(string proxy)
    {
        await using var host = await TrustingAsync();

        Assert.Equal(
            (200, $"Anonymous {Client} https://localhost foreign clear"),
            await host.GetAsync(proxy, $"X-Forwarded-For: {Client}", "X-Forwarded-Proto: https")
        );
        Assert.Equal(
            (200, $"Anonymous {Client} http://localhost foreign closed"),
            await host.GetAsync(proxy, $"X-Forwarded-For: {Client}:4711")
        );
        Assert.Equal(
            (200, "Anonymous 2001:db8:1:2::/64 http://localhost foreign closed"),
            await host.GetAsync(proxy, "X-Forwarded-For: 2001:db8:1:2:3:4:5:6")
        );
    }

    /// <summary>Whatever a client writes before what the proxy adds, and whatever the proxy passes on, it is nobody on this machine.</summary>
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1.2.3")]
    [InlineData("::1")]
    [InlineData("[::1]:80")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("127.0.0.1, 127.0.0.1")]
    [InlineData("127.0.0.1, ::1")]
    [InlineData("198.51.100.7, 127.0.0.1")]
    [InlineData("127.0.0.1, 192.0.2.1")]
    [InlineData("127.0.0.1, 10.1.2.3, 127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("unknown")]
    [InlineData("127.0.0.1,")]
    public async Task Get_ClaimOfLoopback_StaysForeign(string claim)
    {
        foreach (var hops in new[] { 1, 3 })
        {
            await using var host = await TrustingAsync(hops);
            foreach (var proxy in new[] { "127.0.0.1", "::1", "192.0.2.1", "10.1.2.3" })
            {
                var (status, text) = await host.GetAsync(proxy, $"X-Forwarded-For: {claim}");

                Assert.Equal(200, status);
                Assert.StartsWith("Anonymous ", text, StringComparison.Ordinal);
                Assert.DoesNotContain("127.", text, StringComparison.Ordinal);
                Assert.EndsWith("foreign closed", text, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("127.0.0.1", "unknown", "0.0.0.0")]
    [InlineData("10.1.2.3", "unknown", "10.1.2.3")]
    [InlineData("10.1.2.3", "127.0.0.1", "0.0.0.0")]
    public async Task Get_AddressThatTheProxyDoesNotTell_IsNobodysOrTheProxys(string proxy, string claim, string address)
    {
        await using var host = await TrustingAsync();

        Assert.Equal(
            (200, $"Anonymous {address} http://localhost foreign closed"),
            await host.GetAsync(proxy, $"X-Forwarded-For: {claim}")
        );
    }

    [Theory]
    [InlineData("Forwarded: for=127.0.0.1")]
    [InlineData("Via: 1.1 proxy")]
    [InlineData("X-Real-IP: 127.0.0.1")]
    [InlineData("X-Forwarded-Host: localhost")]
    [InlineData("X-Forwarded-Proto: https")]
    public async Task Get_AnyWordOfAProxyFromATrustedOneOnThisMachine_IsForeign(string header)
    {
        await using var host = await TrustingAsync();

        var (_, text) = await host.GetAsync("127.0.0.1", header);

        Assert.StartsWith("Anonymous 0.0.0.0 ", text, StringComparison.Ordinal);
        Assert.Contains("foreign", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Chain_IsFollowedOverTrustedProxiesAlone()
    {
        await using var one = await TrustingAsync();
        await using var three = await TrustingAsync(hops: 3);
        const string Chain = $"X-Forwarded-For: 203.0.113.9, {Client}, 10.1.2.3";

        Assert.StartsWith("Anonymous 10.1.2.3 ", (await one.GetAsync("192.0.2.1", Chain)).Text, StringComparison.Ordinal);
        Assert.StartsWith($"Anonymous {Client} ", (await three.GetAsync("192.0.2.1", Chain)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Host_IsTakenWhereThatIsAskedFor()
    {
        await using var plain = await TrustingAsync();
        await using var taking = await ProxiedHost.StartAsync(new ProxyOptions { Trusted = "192.0.2.1", TakeHost = true });
        string[] headers = [$"X-Forwarded-For: {Client}", "X-Forwarded-Host: entropy.example"];

        Assert.Contains("http://localhost ", (await plain.GetAsync("192.0.2.1", headers)).Text, StringComparison.Ordinal);
        Assert.Contains("http://entropy.example ", (await taking.GetAsync("192.0.2.1", headers)).Text, StringComparison.Ordinal);
        Assert.Contains("http://localhost ", (await taking.GetAsync("192.0.2.2", headers)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_FromNobodyTrusted_NothingIsTaken()
    {
        await using var host = await TrustingAsync(hops: 3);

        foreach (var peer in new[] { "192.0.2.2", "10.2.0.1", "2001:db8::8" })
        {
            var (_, text) = await host.GetAsync(peer, "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: https");
            Assert.StartsWith("Anonymous ", text, StringComparison.Ordinal);
            Assert.EndsWith("http://localhost foreign closed", text, StringComparison.Ordinal);
        }

        // A Unix socket is no address.
        Assert.StartsWith("Local ", (await host.GetAsync("")).Text, StringComparison.Ordinal);
        Assert.StartsWith(
            "Anonymous proxy on loopback ",
            (await host.GetAsync("", $"X-Forwarded-For: {Client}")).Text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("nginx", "'nginx' is neither an address nor a network such as 10.1.0.0/16")]
    [InlineData("192.0.2.1, 10.0.0.0/33", "'10.0.0.0/33' is neither an address nor a network such as 10.1.0.0/16")]
    [InlineData("0.0.0.0/0", "'0.0.0.0/0' is everybody, who could then be anybody: name the proxies")]
    [InlineData("::/0", "'::/0' is everybody, who could then be anybody: name the proxies")]
    public void Validate_Nonsense_IsNamed(string trusted, string problem) =>
        Assert.Equal(
            problem,
            new ProxyOptions { Trusted = trusted }
                .Validate(new ValidationContext(new object()))
                .Single()
                .ErrorMessage
        );

    private static Task<ProxiedHost> TrustingAsync(int hops = 1) =>
        ProxiedHost.StartAsync(new ProxyOptions { Trusted = "192.0.2.1, 10.1.0.0/16,127.0.0.1,::1, 2001:db8::9", Hops = hops });
}
