using Microsoft.Playwright;

namespace OpenEntropy.Browser.Tests.Running;

/// <summary>The system's own Chromium, never one that is downloaded, with a home of its own, which goes with it.</summary>
internal sealed class ChromiumBrowser : IAsyncDisposable
{
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

    private ChromiumBrowser() { }

    /// <summary>Why none can be started here; null where one can, or should and fails.</summary>
    public static string? WhyNot() => ChromiumProgram.WhyNot() ?? PlaywrightDriver.WhyNot();

    /// <summary>Starts one.</summary>
    /// <param name="patience">How long that may take, milliseconds.</param>
    public static async Task<ChromiumBrowser> LaunchAsync(float patience)
    {
        PlaywrightDriver.Choose();
        var browser = new ChromiumBrowser();
        try
        {
            await browser.StartAsync(patience);
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>A profile of its own, with nothing in it.</summary>
    /// <param name="options">Null: as a desktop's.</param>
    public Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions? options = null) => _browser!.NewContextAsync(options);

    public async ValueTask DisposeAsync()
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

    private async Task StartAsync(float patience)
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = ChromiumProgram.Path,
                Args = s_flags,
                ChromiumSandbox = !ChromiumProgram.IsRoot, // it refuses to sandbox what root runs
                Env = Environment(),
                Headless = true,
                Timeout = patience,
            }
        );
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
            // nobody looks for it there
        }
    }

    // A home of its own: neither a profile that is there nor one that cannot be made changes what is seen.
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
