using System.Text.Json;
using Microsoft.Playwright;
using OpenEntropy.Browser.Tests.Running;
using OpenEntropy.Pqc.Tests.Npm;
using Xunit;

namespace OpenEntropy.Browser.Tests;

/// <summary>What the page looks like, from a telephone to a wall, in both themes.</summary>
[Collection(SharedBrowser.Name)]
public sealed class LookTests(Chromium chromium, SharedPage shared) : IClassFixture<SharedPage>
{
    private static readonly string[] s_grave = ["serious", "critical"];

    [ChromiumTheory]
    [InlineData(360, 780, ColorScheme.Light)]
    [InlineData(360, 780, ColorScheme.Dark)]
    [InlineData(1280, 900, ColorScheme.Light)]
    [InlineData(1280, 900, ColorScheme.Dark)]
    [InlineData(3840, 2160, ColorScheme.Light)]
    [InlineData(3840, 2160, ColorScheme.Dark)]
    public async Task Open_Window_FitsItsWidthAndIsKeptAsAPicture(int width, int height, ColorScheme theme)
    {
        await using var opened = await OpenAsync(width, height, theme);

        Assert.True(
            await opened.Page.OverhangAsync() <= 0,
            $"the document is {await opened.Page.OverhangAsync()} px wider than its window"
        );
        await opened.Page.EvaluateAsync("() => scrollTo({ top: 0, behavior: 'instant' })"); // what stays in view stands where one begins
        await opened.Page.ScreenshotAsync(
            new()
            {
                Path = Artifacts.Picture($"page-{width}-{theme}".ToLowerInvariant()),
                FullPage = true,
                Animations = ScreenshotAnimations.Disabled,
            }
        );
        opened.AssertNoComplaint();
    }

    [AxeTheory]
    [InlineData(360, 780, ColorScheme.Light)]
    [InlineData(1280, 900, ColorScheme.Light)]
    [InlineData(1280, 900, ColorScheme.Dark)]
    public async Task Open_Axe_FindsNothingSerious(int width, int height, ColorScheme theme)
    {
        await using var opened = await OpenAsync(width, height, theme);
        await opened.Page.Row("scripted_a").GetByRole(AriaRole.Button, new() { Name = "scripted_a", Exact = true }).ClickAsync();

        var axe = await File.ReadAllTextAsync(Path.Combine(NpmFolder.Location, "node_modules", "axe-core", "axe.min.js"));
        await opened.Page.EvaluateAsync(axe + "; undefined");
        var found = await opened.Page.EvaluateAsync<JsonElement>("async () => (await axe.run()).violations");

        var grave =
            from violation in found.EnumerateArray()
            where s_grave.Contains(violation.GetProperty("impact").GetString())
            from node in violation.GetProperty("nodes").EnumerateArray()
            select $"{violation.GetProperty("id").GetString()}: {node.GetProperty("html").GetString()} {node.GetProperty("failureSummary").GetString()}";
        Assert.Empty(grave);
    }

    private async Task<OpenedPage> OpenAsync(int width, int height, ColorScheme theme)
    {
        var opened = await chromium.NewPageAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new() { Width = width, Height = height },
                ColorScheme = theme,
            }
        );
        await opened.OpenAsync(shared.Address);
        await opened.Page.Locator("#samples-source").SelectOptionAsync("scripted_a");
        await opened.Page.Locator("#samples-take").ClickAsync();
        await Assertions.Expect(opened.Page.Locator("#samples-note")).ToContainTextAsync("1,024 samples of scripted_a");
        await Plot.UntilWidthAsync(opened.Page, "raw", 5);
        return opened;
    }
}
