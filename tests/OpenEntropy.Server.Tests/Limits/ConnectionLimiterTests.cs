using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Proxies;
using OpenEntropy.Server.Tests.Faults;
using OpenEntropy.Server.Tests.Hosting;
using Xunit;

namespace OpenEntropy.Server.Tests.Limits;

/// <summary>How many connections an address may have open, over TCP: the addresses are a test's, all else is Kestrel's.</summary>
public sealed class ConnectionLimiterTests
{
    private const int Most = 2;

    [Theory]
    [InlineData("urls", "192.0.2.1", "192.0.2.1")]
    [InlineData("Kestrel:Endpoints:A:Url", "192.0.2.1", "::ffff:192.0.2.1")]
    [InlineData("urls", "2001:db8::1", "2001:db8::2:2")]
    public async Task Connect_MoreThanAnAddressMay_AreClosedUntilOneEnds(string key, string first, string second)
    {
        await using var app = await StartAsync(key);
        using var one = await ConnectAsync(app, first);
        using (await ConnectAsync(app, second))
        {
            using var tooMany = await ConnectAsync(app, first);
            Assert.Equal("", tooMany.Answer);
            Assert.Equal(1, app.Services.GetRequiredService<LimitCounts>().Of(LimitKind.Connections));

            // Others are served, and so is what is open.
            using var other = await ConnectAsync(app, "198.51.100.1");
            using var network = await ConnectAsync(app, "2001:db8:0:1::1");
            Assert.Equal((Served, Served), (other.Answer, network.Answer));
        }

        await ServerFactory.UntilAsync(async () =>
        {
            using var again = await ConnectAsync(app, second);
            return again.Answer == Served;
        });
        Assert.Equal(Served, one.Answer);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("10.1.2.3")]
    [InlineData("::ffff:10.1.2.3")]
    public async Task Connect_FromThisMachineOrATrustedProxy_IsNotCounted(string address)
    {
        await using var app = await StartAsync("urls");
        var clients = new List<Client>();
        for (var i = 0; i < Most + 2; i++)
        {
            clients.Add(await ConnectAsync(app, address));
        }

        Assert.All(clients, client => Assert.Equal(Served, client.Answer));
        Assert.Equal(0, app.Services.GetRequiredService<ConnectionLimiter>().Count);
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Serve_ConnectionThatFails_IsForgotten()
    {
        var limiter = new ConnectionLimiter(1, [], new LimitCounts());
        var serve = limiter.Before(_ => throw new ConnectionResetException("gone"));

        for (var i = 0; i < 3; i++)
        {
            var connection = new DefaultConnectionContext { RemoteEndPoint = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 1) };
            await Assert.ThrowsAsync<ConnectionResetException>(() => serve(connection));
        }

        Assert.Equal(0, limiter.Count);
    }

    [LinuxFact]
    public async Task Default_AllConnections_LeaveDescriptorsForFiles()
    {
        var soft = Assert.NotNull(DescriptorLimit.Soft);
        await using var app = await StartAsync("urls");

        var most = app.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits.MaxConcurrentConnections;

        Assert.InRange(Assert.NotNull(most), 1, (long)soft - 1);
    }

    [Theory]
    [InlineData(1024UL, 768L)]
    [InlineData(65_536UL, 49_152L)]
    [InlineData(2UL, 1L)]
    [InlineData(ulong.MaxValue, long.MaxValue / 4 * 3)]
    [InlineData(null, null)]
    public void ConnectionsOf_Descriptors_IsThreeQuarters(ulong? descriptors, long? connections) =>
        Assert.Equal(connections, DescriptorLimit.ConnectionsOf(descriptors));

    private const string Served = "HTTP/1.1 200 OK";

    private static async Task<WebApplication> StartAsync(string key)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration[key] = "http://127.0.0.1:0";
        builder.AddServerKestrel(new ServerOptions());
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddRoutingCore();
        builder.Services.AddLimits(new HttpLimitsOptions { ConnectionsPerAddress = Most });
        builder.Services.AddSingleton(Options.Create(new ProxyOptions { Trusted = "10.1.0.0/16" }));
        builder.Services.AddSingleton<SocketTransportFactory>();
        builder.Services.AddSingleton<AddressedTransport>();
        builder.Services.AddSingleton<IConnectionListenerFactory>(services => services.GetRequiredService<AddressedTransport>());
        var app = builder.Build();
        app.Run(context => context.Response.CompleteAsync());
        await app.StartAsync();
        return app;
    }

    // One after another: the answer shows that the address was taken.
    private static async Task<Client> ConnectAsync(WebApplication app, string address)
    {
        app.Services.GetRequiredService<AddressedTransport>().Address = IPAddress.Parse(address);
        var url = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        var client = new RawClient();
        try
        {
            await client.AskAsync(new Uri(url), "/");
        }
        catch (SocketException)
        {
            return new Client(client, ""); // closed before the request was on its way
        }

        var answer = Encoding.ASCII.GetString(await client.ReadAsync(Served.Length));
        return new Client(client, answer.Length > 0 ? answer[..Served.Length] : "");
    }

    private sealed record Client(RawClient Connection, string Answer) : IDisposable
    {
        public void Dispose() => Connection.Dispose();
    }
}
