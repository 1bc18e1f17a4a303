using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OpenEntropy.Browser.Tests.Running;

/// <summary>What a person finds on the page.</summary>
internal static class LivePage
{
    /// <summary>Opens the page and waits until the service's first figures are shown.</summary>
    /// <param name="opened">The window.</param>
    /// <param name="address">The page's address.</param>
    public static async Task OpenAsync(this OpenedPage opened, Uri address)
    {
        await opened.Page.GotoAsync(address.ToString());
        await opened.Page.UntilLiveAsync();
    }

    /// <summary>Waits until the page says that it is connected, and shows a state of the service.</summary>
    /// <param name="page">The page.</param>
    public static async Task UntilLiveAsync(this IPage page)
    {
        await Assertions.Expect(page.Locator("#link")).ToHaveAttributeAsync("data-state", "live");
        await Assertions.Expect(page.Locator("#health")).Not.ToHaveAttributeAsync("data-state", "unknown");
        await Assertions.Expect(page.Locator("#sources-rows > tr[data-source]").First).ToBeAttachedAsync();
    }

    /// <summary>Gives the page a key, as a person does.</summary>
    /// <param name="page">The page.</param>
    /// <param name="key">The key.</param>
    public static async Task GiveKeyAsync(this IPage page, string key)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        if (!await dialog.IsVisibleAsync())
        {
            await page.Locator("#operator").ClickAsync();
        }

        await page.GetByLabel("Key for this service").FillAsync(key);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(dialog).ToBeHiddenAsync();
    }

    /// <summary>A source's row.</summary>
    /// <param name="page">The page.</param>
    /// <param name="source">The source's name.</param>
    public static ILocator Row(this IPage page, string source) =>
        page.GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByRole(AriaRole.Button, new() { Name = source, Exact = true }) });

    /// <summary>The cell of a source's row that tells its state.</summary>
    /// <param name="page">The page.</param>
    /// <param name="source">The source's name.</param>
    public static ILocator State(this IPage page, string source) => page.Row(source).Locator(".state");

    /// <summary>A source's switch.</summary>
    /// <param name="page">The page.</param>
    /// <param name="source">The source's name.</param>
    public static ILocator Switch(this IPage page, string source) => page.Row(source).GetByRole(AriaRole.Switch);

    /// <summary>A text that changes while somebody looks.</summary>
    /// <param name="element">Where it is.</param>
    public static async Task UntilChangedAsync(this ILocator element)
    {
        var text = await element.TextContentAsync() ?? "";
        await Assertions.Expect(element).Not.ToHaveTextAsync(Texts.Matching($@"^\s*{Regex.Escape(text.Trim())}\s*$"));
    }

    /// <summary>How much wider the document is than its window, CSS pixels.</summary>
    /// <param name="page">The page.</param>
    public static Task<int> OverhangAsync(this IPage page) =>
        page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
}
