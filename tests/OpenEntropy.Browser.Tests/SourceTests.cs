using Microsoft.Playwright;
using OpenEntropy.Browser.Tests.Running;
using Xunit;

namespace OpenEntropy.Browser.Tests;

/// <summary>What an operator does to sources, and what befalls them.</summary>
[Collection(SharedBrowser.Name)]
public sealed class SourceTests(Chromium chromium)
{
    private const string Hostile = "<img src=x onerror=alert(1)>";

    [ChromiumFact]
    public async Task Switch_Clicked_TurnsTheSourceOffAndOn()
    {
        await using var service = await PageService.StartAsync();
        await using var opened = await chromium.NewPageAsync();
        var page = opened.Page;
        await opened.OpenAsync(service.Address);
        await Assertions.Expect(page.Switch("scripted_b")).ToBeCheckedAsync();

        await page.Switch("scripted_b").ClickAsync();
        await Assertions.Expect(page.State("scripted_b")).ToHaveTextAsync("Off");
        await Assertions.Expect(page.Switch("scripted_b")).Not.ToBeCheckedAsync();
        await service.UntilAsync("scripted_b", "disabled");

        await page.Switch("scripted_b").ClickAsync();
        await Assertions.Expect(page.State("scripted_b")).ToHaveTextAsync("Healthy");
        await Assertions.Expect(page.Switch("scripted_b")).ToBeCheckedAsync();
        await service.UntilAsync("scripted_b", "healthy");
        opened.AssertNoComplaint();
    }

    [ChromiumFact]
    public async Task Switch_ByKeyboardAlone_IsReachedAndKept()
    {
        await using var service = await PageService.StartAsync();
        await using var opened = await chromium.NewPageAsync();
        var page = opened.Page;
        await opened.OpenAsync(service.Address);
        await page.Locator("#sources-find").FillAsync("scripted_c");
        await Assertions.Expect(page.Row("scripted_a")).ToBeHiddenAsync();

        var target = page.Switch("scripted_c");
        for (var tabs = 0; tabs < 12 && !await IsFocusedAsync(target); tabs++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await Assertions.Expect(target).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.State("scripted_c")).ToHaveTextAsync("Off");
        await service.UntilAsync("scripted_c", "disabled");

        // Who goes by keyboard is still there.
        await Assertions.Expect(target).ToBeEnabledAsync();
        await Assertions.Expect(target).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.State("scripted_c")).ToHaveTextAsync("Healthy");
        opened.AssertNoComplaint();
    }

    [ChromiumFact]
    public async Task Watch_StuckSource_IsFailedInWordsAndTheServiceDegraded()
    {
        await using var service = await PageService.StartAsync();
        await using var opened = await chromium.NewPageAsync();
        var page = opened.Page;
        await opened.OpenAsync(service.Address);
        await Assertions.Expect(page.Locator("#health")).ToHaveTextAsync("Healthy");

        service.Sources[0].Override = _ => 9;

        await Assertions.Expect(page.State("scripted_a")).ToHaveTextAsync("Failed for good");
        await Assertions.Expect(page.Row("scripted_a").Locator("use")).ToHaveAttributeAsync("href", "#shape-permanently_failed");
        await Assertions.Expect(page.Row("scripted_a")).ToContainTextAsync(Texts.Matching("(rct|apt) failed permanently"));
        await Assertions.Expect(page.Locator("#health")).ToHaveTextAsync("Degraded");
        await Assertions.Expect(page.Locator("#health-reason")).ToContainTextAsync("scripted_a");
        await Assertions.Expect(page).ToHaveTitleAsync("Degraded · OpenEntropy");
        await Assertions.Expect(page.Switch("scripted_a")).Not.ToBeCheckedAsync();
        opened.AssertNoComplaint();
    }

    [ChromiumFact]
    public async Task Open_SourceNamedWithMarkup_ShowsItAsTextAlsoWithoutJavaScript()
    {
        await using var service = await PageService.StartAsync([.. PageService.Three(), new(Hostile)]);
        await using (var plain = await chromium.NewPageAsync(new BrowserNewContextOptions { JavaScriptEnabled = false }))
        {
            await plain.Page.GotoAsync(service.Address.ToString());
            await Assertions.Expect(plain.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = Hostile })).ToBeVisibleAsync();
            await Assertions.Expect(plain.Page.Locator("img[src=x]")).ToHaveCountAsync(0);
        }

        await using var opened = await chromium.NewPageAsync();
        var page = opened.Page;
        await opened.OpenAsync(service.Address);

        await Assertions.Expect(page.State(Hostile)).ToHaveTextAsync("Healthy");
        await page.Row(Hostile).GetByRole(AriaRole.Button, new() { Name = Hostile, Exact = true }).ClickAsync();
        await page.Locator("#graph-source").SelectOptionAsync(Hostile);
        await page.Switch(Hostile).ClickAsync();
        await Assertions.Expect(page.State(Hostile)).ToHaveTextAsync("Off");
        await service.UntilAsync(Hostile, "disabled");

        await Assertions.Expect(page.Locator("img[src=x]")).ToHaveCountAsync(0);
        opened.AssertNoComplaint();
    }

    private static Task<bool> IsFocusedAsync(ILocator element) => element.EvaluateAsync<bool>("node => node === document.activeElement");
}
