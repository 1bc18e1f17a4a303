using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenEntropy.Server.Hosting;
using Xunit;

namespace OpenEntropy.Server.Tests.Hosting;

public sealed class ServerKestrelTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AddServerKestrel_InlineScheduling_IsTheTransports(bool inline)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.AddServerKestrel(new ServerOptions { InlineScheduling = inline });
        await using var app = builder.Build();

        Assert.Equal(inline, app.Services.GetRequiredService<IOptions<SocketTransportOptions>>().Value.UnsafePreferInlineScheduling);
    }

    [Fact]
    public async Task AddServerKestrel_MemoryOfConnections_IsZeroedWhenItGoesBack()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.AddServerKestrel(new ServerOptions());
        await using var app = builder.Build();

        Assert.IsType<TransportMemory>(app.Services.GetRequiredService<IMemoryPoolFactory<byte>>());
    }
}
