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

        await GiveAsync(page, TestKey.Text.ToUpperInvariant());
        await page.Switch("scripted_a").ClickAsync();
        await Assertions.Expect(page.Locator("#notices")).ToContainTextAsync("the key that was given is none that this service takes");
        Assert.Equal("healthy", await service.StateAsync("scripted_a"));
        opened.AssertOnlyComplaint("401");

        await GiveAsync(page, TestKey.Text);
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

    private static async Task GiveAsync(IPage page, string key)
    {
        await page.Locator("#operator").ClickAsync();
        await page.GetByLabel("Operator's key").FillAsync(key);
        await page.Locator("#operator-use").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
    }
}
