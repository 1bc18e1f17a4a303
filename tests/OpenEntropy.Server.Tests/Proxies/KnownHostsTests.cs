using Microsoft.Extensions.Configuration;
using OpenEntropy.Server.Proxies;
using Xunit;

namespace OpenEntropy.Server.Tests.Proxies;

/// <summary>By which names the service is asked.</summary>
public sealed class KnownHostsTests
{
    private const string Far = "192.0.2.1";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("entropy.example;*")]
    public async Task Get_NoNameListed_EveryNameIsWelcome(string? allowed)
    {
        await using var host = await ProxiedHost.StartAsync(allowedHosts: allowed);

        Assert.Equal(200, (await host.GetAsync(Far, "Host: whatever.example")).Status);
    }

    [Theory]
    [InlineData(Far, "entropy.example", 200)]
    [InlineData(Far, "ENTROPY.example:8042", 200)]
    [InlineData(Far, "a.below.example", 200)]
    [InlineData(Far, "b.a.below.example", 200)]
    [InlineData(Far, "below.example", 400)]
    [InlineData(Far, "notbelow.example", 400)]
    [InlineData(Far, "entropy.example.evil.example", 400)]
    [InlineData(Far, "evil.example", 400)]
    [InlineData(Far, "localhost", 400)]
    [InlineData(Far, "127.0.0.1", 400)]
    [InlineData("127.0.0.1", "localhost", 200)]
    [InlineData("127.0.0.1", "127.0.0.1:8042", 200)]
    [InlineData("127.0.0.1", "evil.example", 400)]
    public async Task Get_NamesListed_OthersAreRefused(string peer, string name, int status)
    {
        await using var host = await ProxiedHost.StartAsync(allowedHosts: "entropy.example; *.below.example");

        var (given, text) = await host.GetAsync(peer, $"Host: {name}");

        Assert.Equal(status, given);
        if (status == 400)
        {
            Assert.Equal(
                $$"""{"success":false,"message":"this service is not asked by the name '{{name}}': its operator lists the names in AllowedHosts"}""",
                text
            );
        }
    }

    [Fact]
    public async Task Get_NamesListed_HealthIsToldByAny()
    {
        await using var host = await ProxiedHost.StartAsync(allowedHosts: "entropy.example");

        Assert.Equal(200, (await host.GetAsync(Far, "Host: 10.244.0.7:8042", "/health/ready")).Status);
        Assert.Equal(200, (await host.GetAsync(Far, "Host: 10.244.0.7:8042", "/health")).Status);
        Assert.Equal(400, (await host.GetAsync(Far, "Host: 10.244.0.7:8042", "/healthy")).Status);
        Assert.Equal(400, (await host.GetAsync(Far, "Host: 10.244.0.7:8042", "/metrics")).Status);
    }

    [Fact]
    public async Task Get_ClaimOfAKnownNameByAProxyNobodyTrusts_IsRefused()
    {
        await using var host = await ProxiedHost.StartAsync(new ProxyOptions { Trusted = "192.0.2.9", TakeHost = true }, "entropy.example");

        Assert.Equal(400, (await host.GetAsync(Far, "Host: evil.example", "X-Forwarded-Host: entropy.example")).Status);
        Assert.Equal(200, (await host.GetAsync("192.0.2.9", "Host: evil.example", "X-Forwarded-Host: entropy.example")).Status);
    }

    [Theory]
    [InlineData("http://entropy.example", "http://entropy.example")]
    [InlineData("entropy.example,other.example", "entropy.example,other.example")]
    [InlineData("fine.example; *.", "*.")]
    [InlineData("entropy.example:8042", "entropy.example:8042")]
    public void FindProblem_NoName_IsNamed(string allowed, string wrong) =>
        Assert.StartsWith($"'{wrong}' is no name", Problem(allowed), StringComparison.Ordinal);

    [Theory]
    [InlineData("*")]
    [InlineData("entropy.example; *.below.example; 192.0.2.7; [2001:db8::1]; localhost")]
    public void FindProblem_Names_AreFine(string allowed) => Assert.Null(Problem(allowed));

    private static string? Problem(string allowed) =>
        KnownHosts.FindProblem(new ConfigurationBuilder().AddInMemoryCollection([new(KnownHosts.Key, allowed)]).Build());
}
