using Microsoft.Playwright;
using OpenEntropy.Browser.Tests.Running;
using Xunit;

namespace OpenEntropy.Browser.Tests;

/// <summary>What a visitor does with the other panels.</summary>
[Collection(SharedBrowser.Name)]
public sealed class PanelTests(Chromium chromium, SharedPage shared) : IClassFixture<SharedPage>
{
    [ChromiumFact]
    public async Task Samples_Taken_AreDrawnAndCounted()
    {
        await using var opened = await chromium.NewPageAsync();
        var page = opened.Page;
        await opened.OpenAsync(shared.Address);

        await page.Locator("#samples-source").SelectOptionAsync("scripted_b");
        await page.Locator("#samples-take").ClickAsync();

        await Assertions.Expect(page.Locator("#samples-note")).ToContainTextAsync("1,024 samples of scripted_b.");
        await Assertions
            .Expect(page.Locator("#histogram"))
            .ToHaveAttributeAsync("aria-label", Texts.Matching("^Histogram of 1024 raw samples of scripted_b: 2[0-9]{2} distinct values"));
        await Assertions.Expect(page.Locator("#lag")).ToHaveAttributeAsync("aria-label", Texts.Matching("correlation -?0\\.[0-9]{3}$"));
        opened.AssertNoComplaint();
    }

    [ChromiumFact]
    public async Task Try_Run_ShowsTheCommandAndTheAnswer()
    {
        await using var opened = await chromium.NewPageAsync();
        var page = opened.Page;
        await opened.OpenAsync(shared.Address);

        await Assertions.Expect(page.Locator("#try-curl")).ToContainTextAsync($"curl '{shared.Address}api/v1/random?length=16");
        await page.Locator("#try-run").ClickAsync();

        await Assertions.Expect(page.Locator("#try-outcome")).ToContainTextAsync("200");
        await Assertions.Expect(page.Locator("#try-answer")).ToContainTextAsync("\"success\":true");
        opened.AssertNoComplaint();
    }

    [ChromiumFact]
    public async Task Theme_Chosen_IsKeptOverALoad()
    {
        await using var opened = await chromium.NewPageAsync(new BrowserNewContextOptions { ColorScheme = ColorScheme.Light });
        var page = opened.Page;
        await opened.OpenAsync(shared.Address);
        var light = await BackgroundAsync(page);

        var theme = page.Locator("#theme");
        await theme.ClickAsync();
        await Assertions.Expect(theme).ToHaveTextAsync("Theme: light");
        Assert.Equal(light, await BackgroundAsync(page));
        await theme.ClickAsync();
        await Assertions.Expect(theme).ToHaveTextAsync("Theme: dark");
        var dark = await BackgroundAsync(page);
        Assert.NotEqual(light, dark);

        await page.ReloadAsync();
        await page.UntilLiveAsync();
        await Assertions.Expect(theme).ToHaveTextAsync("Theme: dark");
        Assert.Equal(dark, await BackgroundAsync(page));
        opened.AssertNoComplaint();
    }

    [ChromiumFact]
    public async Task Source_Opened_TellsItsMechanismAndFigures()
    {
        await using var opened = await chromium.NewPageAsync();
        var page = opened.Page;
        await opened.OpenAsync(shared.Address);
        var name = page.Row("scripted_a").GetByRole(AriaRole.Button, new() { Name = "scripted_a", Exact = true });

        await Assertions.Expect(page.Row("scripted_a").Locator(".category")).ToHaveTextAsync("novel");
        await name.HoverAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Tooltip)).ToHaveTextAsync("A script.");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Tooltip)).ToBeHiddenAsync();
        await name.ClickAsync();

        await Assertions.Expect(name).ToHaveAttributeAsync("aria-expanded", "true");
        await Assertions.Expect(page.GetByText("none: it is a script")).ToBeVisibleAsync();
        opened.AssertNoComplaint();
    }

    [ChromiumFact]
    public async Task Source_PointedAtBeforeItIsKnown_TellsItsMechanismThen()
    {
        var known = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var opened = await chromium.NewPageAsync();
        var page = opened.Page;
        await page.RouteAsync(
            "**/sources",
            async route =>
            {
                await known.Task;
                await route.ContinueAsync();
            }
        );
        await opened.OpenAsync(shared.Address);
        await page.Locator("#sources-find").FillAsync("scripted_a"); // no other row moves it away

        await page.Row("scripted_a").GetByRole(AriaRole.Button, new() { Name = "scripted_a", Exact = true }).HoverAsync();
        await page.Locator("#tile-uptime").UntilChangedAsync();
        await page.Locator("#tile-uptime").UntilChangedAsync(); // a second: longer than the tooltip waits
        await Assertions.Expect(page.GetByRole(AriaRole.Tooltip)).ToBeHiddenAsync();
        known.SetResult();

        await Assertions.Expect(page.GetByRole(AriaRole.Tooltip)).ToHaveTextAsync("A script.");
        opened.AssertNoComplaint();
    }

    [ChromiumFact]
    public async Task Log_Filtered_ShowsTheLinesThatMatch()
    {
        await using var opened = await chromium.NewPageAsync();
        var page = opened.Page;
        await opened.OpenAsync(shared.Address);
        var lines = page.Locator("#log-lines > li");
        await Assertions.Expect(lines.First).ToBeAttachedAsync();

        await page.Locator("#log-find").FillAsync("no line has this");
        await Assertions.Expect(lines).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#log-empty")).ToBeVisibleAsync();
        await page.Locator("#log-find").FillAsync("The service is HEALTHY");
        await Assertions.Expect(lines).ToContainTextAsync(["The service is healthy"]);
        opened.AssertNoComplaint();
    }

    private static Task<string> BackgroundAsync(IPage page) =>
        page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
}
