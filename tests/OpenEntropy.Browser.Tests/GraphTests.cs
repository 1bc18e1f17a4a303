using Microsoft.Playwright;
using OpenEntropy.Browser.Tests.Running;
using Xunit;

namespace OpenEntropy.Browser.Tests;

/// <summary>The graph of raw against conditioned entropy.</summary>
[Collection(SharedBrowser.Name)]
public sealed class GraphTests(Chromium chromium, SharedPage shared) : IClassFixture<SharedPage>
{
    [ChromiumFact]
    public async Task Watch_Lines_GrowByWhatIsMeasured()
    {
        // Young enough that its history does not fill the graph.
        await using var service = await PageService.StartAsync();
        await using var opened = await chromium.NewPageAsync();
        var page = opened.Page;
        await opened.OpenAsync(service.Address);
        await Plot.ChooseMinEntropyAsync(page);

        foreach (var line in new[] { "raw", "conditioned" })
        {
            var before = await Plot.WidthAsync(page, line);
            await Plot.UntilWidthAsync(page, line, before + 5);
            await Assertions.Expect(page.Locator($"#legend-{line}")).ToContainTextAsync("bits/byte");
        }

        opened.AssertNoComplaint();
    }

    [ChromiumFact]
    public async Task Choose_EachMeasureSpanAndSource_IsDrawn()
    {
        await using var opened = await chromium.NewPageAsync();
        var page = opened.Page;
        await opened.OpenAsync(shared.Address);

        foreach (var measure in new[] { "Min-entropy", "Collision", "Shannon" })
        {
            await page.GetByRole(AriaRole.Radio, new() { Name = measure, Exact = true }).CheckAsync();
            await Assertions.Expect(page.Locator("#plot")).ToHaveAttributeAsync("aria-label", Texts.Matching($"^{measure}"));
        }

        foreach (var (name, minutes) in new[] { ("15 min", 15), ("1 h", 60), ("6 h", 360), ("24 h", 1440), ("5 min", 5) })
        {
            await page.GetByRole(AriaRole.Radio, new() { Name = name, Exact = true }).CheckAsync();
            await Assertions.Expect(page.Locator("#plot")).ToHaveAttributeAsync("aria-label", Texts.Matching($"latest {minutes} minutes"));
        }

        await page.Locator("#graph-source").SelectOptionAsync("scripted_b");
        await Assertions.Expect(page.Locator("#plot")).ToHaveAttributeAsync("aria-label", Texts.Matching("of scripted_b over"));
        await page.Locator("#legend-time").UntilChangedAsync();
        opened.AssertNoComplaint();
    }
}
