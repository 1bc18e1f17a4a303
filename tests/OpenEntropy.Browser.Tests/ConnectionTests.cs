using System.Globalization;
using Microsoft.Playwright;
using OpenEntropy.Browser.Tests.Running;
using Xunit;

namespace OpenEntropy.Browser.Tests;

/// <summary>A page that outlives its service, and a clock that somebody sets.</summary>
[Collection(SharedBrowser.Name)]
public sealed class ConnectionTests(Chromium chromium, SharedPage shared) : IClassFixture<SharedPage>
{
    // Keeps each text that a screen reader would be given.
    private const string Banners = """
        window.banners = [];
        new MutationObserver(records => {
          const texts = records.map(record => record.target).filter(node => node.id === 'banner-text' && node.textContent !== '');
          banners.push(...texts.slice(-1).map(node => node.textContent));
        }).observe(document, { childList: true, subtree: true });
        """;

    [ChromiumTheory]
    [InlineData(null)]
    [InlineData(502)]
    public async Task Watch_ServiceRestarted_SaysSoAndGoesOn(int? whileGone)
    {
        await using var proxy = await ReverseProxy.StartAsync(new Uri("http://localhost"), statusWhenGone: whileGone, saysForWhom: false);
        await using var opened = await chromium.NewPageAsync();
        var page = opened.Page;
        await using (var first = await PageService.StartAsync())
        {
            proxy.Service = first.Address;
            await opened.OpenAsync(proxy.Address);
            await Assertions.Expect(page.Row("scripted_c")).ToBeVisibleAsync();
            opened.AssertNoComplaint();
            proxy.Service = null;
        }

        await Assertions.Expect(page.Locator("#link")).ToHaveAttributeAsync("data-state", "lost");
        await Assertions.Expect(page.Locator("#banner")).ToContainTextAsync("Reconnecting by itself");

        await using var second = await PageService.StartAsync([new("scripted_a"), new("scripted_b"), new("scripted_d")]);
        proxy.Service = second.Address;
        await page.UntilLiveAsync();
        await Assertions.Expect(page.Row("scripted_d")).ToBeVisibleAsync();
        await Assertions.Expect(page.Row("scripted_c")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#banner")).ToBeHiddenAsync();
        opened.Forgive(); // the browser told of each attempt that failed
        await page.Locator("#tile-uptime").UntilChangedAsync();
        opened.AssertNoComplaint();
    }

    [ChromiumTheory]
    [InlineData(503, "does not take this page now: As many watch as may.")]
    [InlineData(403, "refused with 403: As many watch as may.")]
    public async Task Open_StreamRefused_SaysWhyAndNothingElse(int status, string expected)
    {
        await using var opened = await chromium.NewPageAsync();
        var page = opened.Page;
        await page.AddInitScriptAsync(Banners);
        const string Body = """{"success":false,"message":"as many watch as may"}""";
        await page.RouteAsync(
            "**/events",
            route =>
                route.FulfillAsync(
                    new()
                    {
                        Status = status,
                        ContentType = "application/json",
                        Body = Body,
                    }
                )
        );
        await page.GotoAsync(shared.Address.ToString());
        await Assertions.Expect(page.Locator("#banner")).ToContainTextAsync(expected);

        await page.UnrouteAllAsync();
        if (status == 403)
        {
            await page.Locator("#banner-act").ClickAsync(); // by itself only a minute later
        }

        await page.UntilLiveAsync();
        await Assertions.Expect(page.Locator("#banner")).ToBeHiddenAsync();
        Assert.Single(await page.EvaluateAsync<string[]>("() => banners"));
        opened.AssertOnlyComplaint(status.ToString(CultureInfo.InvariantCulture));
    }

    [ChromiumFact]
    public async Task Watch_ClockJumps_GoesOn()
    {
        var time = new JumpingTime();
        await using var service = await PageService.StartAsync(time: time);
        await using var opened = await chromium.NewPageAsync();
        var page = opened.Page;
        await opened.OpenAsync(service.Address);
        await Plot.ChooseMinEntropyAsync(page);
        await Plot.UntilWidthAsync(page, "raw", 6);
        foreach (var hours in new[] { 48, -48 })
        {
            var before = await Plot.WidthAsync(page, "raw");

            time.Offset = TimeSpan.FromHours(hours) + TimeSpan.FromMinutes(31);

            // What was measured before is still there, and what is measured now comes after it.
            await Plot.UntilWidthAsync(page, "raw", before + 4);
            await page.Locator("#legend-time").UntilChangedAsync();
            await page.Locator("#tile-uptime").UntilChangedAsync();
            await Assertions.Expect(page.Locator("#link")).ToHaveAttributeAsync("data-state", "live");
            await Assertions.Expect(page.Locator("#health")).ToHaveTextAsync("Healthy");
        }

        opened.AssertNoComplaint();
    }
}
