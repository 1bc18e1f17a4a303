using System.Runtime.ExceptionServices;
using OpenEntropy.Clients.Tests.Checks;
using Xunit;

namespace OpenEntropy.Clients.Tests;

/// <summary>Programs that others wrote, unmodified, against the real program.</summary>
[Collection(SharedService.Name)]
public sealed class ClientTests(CheckResults results)
{
    [Theory]
    [ChecksOf(CurlChecks.Name)]
    [ChecksOf(NodeChecks.Name)]
    [ChecksOf(PollinateChecks.Name)]
    [ChecksOf(NpmClientChecks.RngTsName)]
    [ChecksOf(NpmClientChecks.AlgoAnuName)]
    [ChecksOf(EventSourceChecks.Name)]
    [ChecksOf(OpenApiChecks.RedoclyName)]
    [ChecksOf(OpenApiChecks.SeriousmeName)]
    [ChecksOf(OpenApiChecks.GeneratedName)]
    public async Task Client_Use_GetsWhatItWants(string client, string what)
    {
        var check = ClientPrograms.Find(client).Checks.Single(each => each.What == what);

        if (await results.OfAsync(check) is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }
}
