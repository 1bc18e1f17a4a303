using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Tests.Faults;
using Xunit;

namespace OpenEntropy.Server.Tests.Audit;

/// <summary>The audit log of services that stop, or that have none.</summary>
public sealed class AuditHostTests
{
    [Fact]
    public async Task Stop_OfTheService_IsTheLastEntryAndWhatWasCountedStandsBeforeIt()
    {
        await using var factory = new ServerFactory { AuditDisk = new FaultyDisk() };
        using var client = await factory.CreateReadyClientAsync();
        await client.GetByteArrayAsync(new Uri("/api/v1/random?format=bytes&length=10", UriKind.Relative));

        await factory.Services.GetRequiredService<IHost>().StopAsync();

        var lines = AuditBench.Lines(AuditFiles.In(Path.Combine(factory.Storage, AuditFiles.Folder)));
        Assert.Equal(["service_start", "output", "service_stop"], lines.Select(line => line.Entry.Act));
    }

    [Fact]
    public async Task Post_LogIsOff_IsDoneAndADeviation()
    {
        await using var factory = new ServerFactory(("OpenEntropy:Audit:Enabled", "false"));
        using var client = await factory.CreateReadyClientAsync();

        using var answer = await client.PostAsync(new Uri("/sources/scripted_a/disable", UriKind.Relative), content: null);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(Directory.Exists(Path.Combine(factory.Storage, AuditFiles.Folder)));
        Assert.Contains("OpenEntropy:Audit:Enabled is false", await client.GetStringAsync("/health"), StringComparison.Ordinal);
        Assert.False((await client.JsonAsync("/api/v1/audit/head")).Body.GetProperty("enabled").GetBoolean());
    }
}
