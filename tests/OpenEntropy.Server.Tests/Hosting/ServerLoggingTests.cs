using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace OpenEntropy.Server.Tests.Hosting;

public sealed class ServerLoggingTests
{
    private const string RequestStart = "Request starting";

    [Fact]
    public async Task Get_NoOverride_NobodyIsToldOfRequests()
    {
        await using var factory = new ServerFactory();
        using var client = await factory.CreateReadyClientAsync();

        Assert.DoesNotContain(RequestStart, factory.Logs.Text, StringComparison.Ordinal);

        // No provider listens, nor does Serilog's: else the host would make an Activity and a scope for every request.
        var loggers = factory.Services.GetRequiredService<ILoggerFactory>();
        Assert.False(loggers.CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics").IsEnabled(LogLevel.Critical));
    }

    [Fact]
    public async Task Get_OverrideAsksForRequests_TheyAreLogged()
    {
        await using var factory = new ServerFactory(("Serilog:MinimumLevel:Override:Microsoft.AspNetCore", "Information"));
        using var client = await factory.CreateReadyClientAsync();

        Assert.Contains(RequestStart, factory.Logs.Text, StringComparison.Ordinal);
    }
}
