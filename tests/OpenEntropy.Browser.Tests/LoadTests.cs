using OpenEntropy.Browser.Tests.Running;
using Xunit;

namespace OpenEntropy.Browser.Tests;

/// <summary>What a visitor gets first.</summary>
[Collection(SharedBrowser.Name)]
public sealed class LoadTests(Chromium chromium)
{
    [ChromiumFact]
    public async Task Open_Health_IsShown()
    {
        await using var service = await PageService.StartAsync();
        await using var opened = await chromium.NewPageAsync();

        var answer = await opened.Page.GotoAsync(new Uri(service.Address, "/health").ToString());

        Assert.Equal(200, answer!.Status);
    }
}
