using System.Text.Json;
using Microsoft.Playwright;
using OpenEntropy.Browser.Tests.Running;
using Xunit;
using Xunit.Abstractions;

namespace OpenEntropy.Browser.Tests;

/// <summary>What a visitor gets.</summary>
[Collection(SharedBrowser.Name)]
public sealed class LoadTests(Chromium chromium, SharedPage shared, ITestOutputHelper output) : IClassFixture<SharedPage>
{
    /// <summary>All of the page, bytes, as they are before any compression.</summary>
    private const int MostBytes = 200_000;

    [ChromiumFact]
    public async Task Open_Page_ShowsTheServiceAndComplainsOfNothing()
    {
        await using var opened = await chromium.NewPageAsync();
        var page = opened.Page;

        await opened.OpenAsync(shared.Address);

        await Assertions.Expect(page.Locator("#health")).ToHaveTextAsync("Healthy");
        using var list = JsonDocument.Parse(await shared.Client.GetStringAsync(new Uri("/sources", UriKind.Relative)));
        var names = list.RootElement.GetProperty("sources").EnumerateArray().Select(source => source.GetProperty("name").GetString()!);
        await Assertions.Expect(page.Locator("#sources-rows .name")).ToHaveTextAsync(names);
        await Assertions.Expect(page.Locator("#output-hex")).ToHaveTextAsync(Texts.Matching(@"^\s*([0-9a-f]{2}\s+)+[0-9a-f]{2}\s*$"));
        await page.Locator("#output-hex").UntilChangedAsync();
        await page.Locator("#tile-uptime").UntilChangedAsync();
        await Assertions.Expect(page.Locator("#log-lines > li").First).ToBeAttachedAsync();
        var paint = await page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1");
        output.WriteLine($"first contentful paint after {paint:0} ms");
        opened.AssertNoComplaint();
    }

    [ChromiumFact]
    public async Task Open_Page_TakesItsFilesFromTheServiceAlone_AndFewBytes()
    {
        await using var opened = await chromium.NewPageAsync();

        await opened.OpenAsync(shared.Address);

        var files = opened.Answers.Select(answer => new Uri(answer.Url)).Distinct().ToList();
        Assert.All(files, file => Assert.Equal(shared.Address.Authority, file.Authority));
        var bytes = 0;
        foreach (
            var file in files.Where(file => file.AbsolutePath == "/" || file.AbsolutePath.StartsWith("/page/", StringComparison.Ordinal))
        )
        {
            bytes += (await shared.Client.GetByteArrayAsync(file)).Length;
        }

        output.WriteLine($"{bytes} bytes");
        Assert.InRange(bytes, 10_000, MostBytes);
    }

    [ChromiumFact]
    public async Task Open_WithoutJavaScript_ShowsTheSourcesInATable()
    {
        await using var opened = await chromium.NewPageAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        var page = opened.Page;

        await page.GotoAsync(shared.Address.ToString());

        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "scripted_a" });
        await Assertions.Expect(row).ToBeVisibleAsync();
        await Assertions.Expect(row).ToContainTextAsync(Texts.Matching("[Hh]ealthy"));
        await Assertions.Expect(page.Locator(".needs-script:visible")).ToHaveCountAsync(0);
        opened.AssertNoComplaint();
    }

    [ChromiumFact]
    public async Task Open_BelowAPrefixBehindAProxy_IsLiveAndReadOnly()
    {
        await using var proxy = await ReverseProxy.StartAsync(shared.Address, "/below/this path");
        await using var opened = await chromium.NewPageAsync();
        var page = opened.Page;

        await opened.OpenAsync(proxy.Address);

        await page.Locator("#tile-uptime").UntilChangedAsync();
        await Assertions.Expect(page.Locator("#plot canvas")).ToBeVisibleAsync();
        await Assertions.Expect(page.Switch("scripted_a")).ToBeDisabledAsync();
        await Assertions.Expect(page.Locator("#sources-note")).ToContainTextAsync("Read-only");
        Assert.All(opened.Answers, answer => Assert.StartsWith(proxy.Address.AbsoluteUri, answer.Url, StringComparison.Ordinal));
        opened.AssertNoComplaint();
    }
}
