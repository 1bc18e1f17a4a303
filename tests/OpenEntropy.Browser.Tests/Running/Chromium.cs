using Microsoft.Playwright;
using Xunit;

namespace OpenEntropy.Browser.Tests.Running;

/// <summary>One browser for all tests of a run: the system's own Chromium, never one that is downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>Bounds every wait, milliseconds; no expectation depends on it.</summary>
    public const float Patience = 60_000;

    // A browser that looks for updates, or for a graphics card, waits for what is not there.
    private static readonly string[] s_flags =
    [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-quic",
        "--disable-sync",
        "--no-first-run",
    ];

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("openentropy-browser-");
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Why no page can be opened here; null where one can, or should and fails.</summary>
    public static string? WhyNot() => ChromiumProgram.WhyNot() ?? PlaywrightDriver.WhyNot();

    public async Task InitializeAsync()
    {
        if (WhyNot() is not null)
        {
            return; // every test is skipped
        }

        PlaywrightDriver.Choose();
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(Patience);
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = ChromiumProgram.Path,
                Args = s_flags,
                ChromiumSandbox = !ChromiumProgram.IsRoot, // it refuses to sandbox what root runs
                Env = Environment(),
                Headless = true,
                Timeout = 2 * Patience,
            }
        );
    }

    public async Task DisposeAsync()
    {
        try
        {
            if (_browser is not null)
            {
                await _browser.CloseAsync();
            }
        }
        finally
        {
            _playwright?.Dispose();
            Leave();
        }
    }

    // What the browser started may still write there; what it leaves is in the system's own directory for what is temporary.
    private void Leave()
    {
        try
        {
            _home.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // no test is about it
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

    // A home of its own: neither a profile that is there nor one that cannot be made changes what is tested.
    private Dictionary<string, string> Environment()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry each in System.Environment.GetEnvironmentVariables())
        {
            if (each is { Key: string name, Value: string value } && !name.StartsWith("XDG_", StringComparison.Ordinal))
            {
                environment[name] = value;
            }
        }

        environment["HOME"] = _home.FullName;
        environment["NO_PROXY"] = environment["no_proxy"] = "127.0.0.1,localhost";
        return environment;
    }
}
