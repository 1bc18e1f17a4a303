using Microsoft.Playwright;
using Xunit;

namespace OpenEntropy.Browser.Tests.Running;

/// <summary>One browser for all tests of a run.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>Bounds every wait, milliseconds; no expectation depends on it.</summary>
    public const float Patience = 60_000;

    private ChromiumBrowser? _browser;

    /// <summary>Why no page can be opened here; null where one can, or should and fails.</summary>
    public static string? WhyNot() => ChromiumBrowser.WhyNot();

    public async Task InitializeAsync()
    {
        if (WhyNot() is null) // otherwise every test is skipped
        {
            Assertions.SetDefaultExpectTimeout(Patience);
            _browser = await ChromiumBrowser.LaunchAsync(2 * Patience);
        }
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }
    }

    /// <summary>A page of its own, with cookies, storage and a window of its own, which keeps what the browser complains of.</summary>
    /// <param name="options">Null: as a desktop's.</param>
    internal async Task<OpenedPage> NewPageAsync(BrowserNewContextOptions? options = null)
    {
        var context = await _browser!.NewContextAsync(options);
        context.SetDefaultTimeout(Patience);
        context.SetDefaultNavigationTimeout(Patience);
        return await OpenedPage.CreateAsync(context);
    }
}
