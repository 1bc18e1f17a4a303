using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Security;
using Xunit;

namespace OpenEntropy.Server.Tests.Security;

/// <summary>What happens where the web server listens elsewhere than the configuration was understood to say.</summary>
public sealed class BoundAddressesTests
{
    [Theory]
    [InlineData("127.0.0.1", true, true)]
    [InlineData("0.0.0.0", false, true)]
    [InlineData("0.0.0.0", true, false)]
    public async Task Start_WebServerListensSomewhere_IsStoppedWhereOthersReachItUnsaid(string address, bool restsOnLoopback, bool starts)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Parse(address), 0)); // seen by no configuration
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(TestAccess.Start() with { RestsOnLoopback = restsOnLoopback });
        builder.Services.AddHostedService<BoundAddresses>();
        await using var app = builder.Build();

        var failure = await Record.ExceptionAsync(() => app.StartAsync());

        if (starts)
        {
            Assert.Null(failure);
        }
        else
        {
            var told = Assert.IsType<StartFailedException>(failure);
            Assert.StartsWith("the service came to listen on http://", told.Message, StringComparison.Ordinal);
            Assert.True(StartFailure.IsTold(told));
        }
    }

    [Fact]
    public async Task Services_OfTheWholeService_HoldIt()
    {
        await using var factory = new ServerFactory();

        Assert.Single(factory.Services.GetServices<IHostedService>().OfType<BoundAddresses>());
        Assert.True(factory.Services.GetRequiredService<AccessStart>().RestsOnLoopback);
    }
}
