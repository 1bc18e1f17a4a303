using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace OpenEntropy.Http.Tests;

public sealed class ClientShapeTests
{
    [Fact]
    public async Task Client_OfAFactory_IsMadeOverItsHttpClient()
    {
        await using var server = new HostileServer(hangs: false, HostileServer.Bytes("abcd"));
        var services = new ServiceCollection();
        services.AddHttpClient<OpenEntropyClient>(http => http.BaseAddress = server.Address);
        await using var provider = services.BuildServiceProvider();

        Assert.Equal("abcd"u8.ToArray(), await provider.GetRequiredService<OpenEntropyClient>().GetBytesAsync(4));
    }

    [Fact]
    public async Task Client_ABasePath_IsKept()
    {
        await using var server = new HostileServer(hangs: false, HostileServer.Bytes("abcd"));
        using var http = new HttpClient { BaseAddress = new Uri(server.Address, "entropy/") };

        await new OpenEntropyClient(http).GetBytesAsync(4);

        Assert.StartsWith("GET /entropy/api/v1/random?", server.Heads.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void References_OfTheClient_AreThePlatformAlone() =>
        Assert.All(
            typeof(OpenEntropyClient).Assembly.GetReferencedAssemblies(),
            reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal)
        );
}
