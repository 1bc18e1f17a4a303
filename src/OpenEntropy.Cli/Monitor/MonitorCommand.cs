using System.CommandLine;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Monitor.Feeds;
using OpenEntropy.Cli.Monitor.Painting;
using OpenEntropy.Cli.Monitor.Screens;
using OpenEntropy.Cli.Options;
using OpenEntropy.Cli.Pools;
using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Monitor;

/// <summary><c>openentropy monitor</c>: the sources and the pool on the terminal, of the engine in this process or of a running service.</summary>
internal sealed class MonitorCommand : Command, IHasExamples
{
    /// <summary>How long an answer of a service is waited for: more than it waits for raw samples.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly CommandConsole _console;
    private readonly NumberOption<double> _refresh = new("--refresh", 1.0, 0.1, 60, "Seconds between readings.");
    private readonly SourcesOption _sources = new();
    private readonly UrlOption _url = new();

    public MonitorCommand(CommandConsole console)
        : base("monitor", "Shows the noise sources and the pool on the terminal, live.")
    {
        _console = console;
        Add(_refresh);
        Add(_sources);
        Add(_url);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Line, string Does)> Examples =>
        [
            ("openentropy monitor", "Harvests in this process and shows it; q ends it."),
            ("openentropy monitor --sources timing,disk_io", "The same with these sources switched on; space switches others on."),
            ("openentropy monitor --url http://127.0.0.1:8042", "Attaches to a running service."),
        ];

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken end)
    {
        if (OperatingSystem.IsWindows())
            throw new CommandFailureException("monitor needs a terminal of Linux or macOS.");
        if (!_console.IsTerminal || !_console.IsInputTerminal)
            throw new CommandFailureException("monitor needs a terminal as standard input and output.");
        if (Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb")
            throw new CommandFailureException("monitor needs a terminal that can place text: TERM says none.");
        var refresh = TimeSpan.FromSeconds(parsed.GetValue(_refresh));
        await using var feed = Feed(parsed);
        if (feed is LocalFeed local)
            local.Start();
        var model = new MonitorModel(feed.Subject);
        try
        {
            model.Take(await feed.ReadAsync(end), TimeSpan.Zero);
        }
        catch (MonitorFeedException exception)
        {
            throw new CommandFailureException($"{feed.Subject}: {exception.Message}.", ExitCodes.Unavailable);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return ExitCodes.Success;
        }

        await ShowAsync(model, feed, refresh, end);
        return ExitCodes.Success;
    }

    private IMonitorFeed Feed(ParseResult parsed)
    {
        var isGiven = parsed.GetResult(_sources) is { Implicit: false };
        if (parsed.GetValue(_url) is { } url)
            return new RemoteFeed(
                url,
                isGiven ? parsed.GetValue(_sources) : null,
                s_patience,
                OperatorKey.Read(),
                OperatorKey.ReadReader()
            );

        // Whoever sits at this terminal started the process: no source needs another's permission.
        return new LocalFeed(
            LocalPool.Create(parsed.GetValue(_sources)!, _console.CreatePool, static options => options.Sources.MayEnable = "all")
        );
    }

    [UnsupportedOSPlatform("windows")]
    private async Task ShowAsync(MonitorModel model, IMonitorFeed feed, TimeSpan refresh, CancellationToken end)
    {
        var glyphs = _console.Encoding.WebName.StartsWith("utf", StringComparison.OrdinalIgnoreCase) ? Glyphs.Unicode : Glyphs.Ascii;
        using var mode = new RawMode();
        using var screen = new TerminalScreen(_console.Out(), _console.HasColor, _console.Encoding);
        using var loop = new MonitorLoop(
            model,
            feed,
            TimeProvider.System,
            whole =>
            {
                mode.Keep();
                var (width, height) = _console.Size();
                return screen.TryShow(MonitorPainter.Paint(model, width, height, glyphs), whole);
            }
        );
        TerminalKeys.Begin(bytes => loop.Post(new MonitorEvent.Typed(bytes)));
        using var resized = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => loop.Post(new MonitorEvent.ScreenChanged()));
        using var continued = PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => loop.Post(new MonitorEvent.ScreenChanged()));
        await loop.RunAsync(refresh, end);
    }
}
