using Microsoft.Playwright;
using OpenEntropy.Browser.Tests.Running;
using OpenEntropy.Server.Tests.Security;
using Xunit;

namespace OpenEntropy.Browser.Tests;

/// <summary>Who may act where the page does not come from the machine itself.</summary>
[Collection(SharedBrowser.Name)]
public sealed class OperatorTests(Chromium chromium)
{
    [ChromiumFact]
    public async Task GiveKey_BehindAProxy_SwitchesWithTheRightOneAlone()
    {
        await using var service = await PageService.StartAsync(settings: ("OpenEntropy:Security:OperatorKeyDigest", TestKey.Digest));
        await using var proxy = await ReverseProxy.StartAsync(service.Address, "/entropy");
        await using var opened = await chromium.NewPageAsync();
        var page = opened.Page;
        await opened.OpenAsync(proxy.Address);
        await Assertions.Expect(page.Switch("scripted_a")).ToBeDisabledAsync();
        await Assertions.Expect(page.Locator("#mint")).ToBeDisabledAsync();

        await page.GiveKeyAsync(TestKey.Text.ToUpperInvariant());
        await Assertions.Expect(page.Locator("#sources-note")).ToContainTextAsync("the key that was given is none that this service takes");
        await Assertions.Expect(page.Switch("scripted_a")).ToBeDisabledAsync();
        Assert.Equal("healthy", await service.StateAsync("scripted_a"));

        await page.GiveKeyAsync(TestKey.Text);
        await page.UntilLiveAsync();
        await page.Switch("scripted_a").ClickAsync();
        await Assertions.Expect(page.State("scripted_a")).ToHaveTextAsync("Off");
        Assert.Equal("disabled", await service.StateAsync("scripted_a"));

        // Gone with the page: it was never stored.
        await page.ReloadAsync();
        await page.UntilLiveAsync();
        await Assertions.Expect(page.Switch("scripted_a")).ToBeDisabledAsync();
        Assert.DoesNotContain(TestKey.Text, service.Logs.Text, StringComparison.Ordinal);
        opened.AssertNoComplaint();
    }
}
