using System.CommandLine;
using System.Runtime.Versioning;
using OpenEntropy.Cli.Bytes;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Options;
using OpenEntropy.Cli.Pools;
using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Devices;

/// <summary><c>openentropy device</c>: a named pipe out of which programs read random bytes until this is stopped.</summary>
internal sealed class DeviceCommand : Command, IHasExamples
{
    private const int FewBlocks = 64;
    private const int MostBuffer = 1 << 20;
    private const int UsualBuffer = 4096;
    private const int LeastBuffer = 8;

    private readonly CommandConsole _console;
    private readonly Argument<string> _path = new("PATH") { Description = "The pipe to make; it is removed at the end." };
    private readonly NumberOption<int> _buffer = new(
        "--buffer-size",
        UsualBuffer,
        LeastBuffer,
        MostBuffer,
        "Bytes written at a time; twice as many, in whole pages of memory, wait for a reader at most."
    );
    private readonly SourcesOption _sources = new();
    private readonly Option<OutputQuality?> _quality = QualityOption.Create();
    private readonly Option<bool> _allowRaw = new("--allow-raw") { Description = "Allow --conditioning raw." };
    private readonly ModeOption _mode = new();
    private readonly Option<bool> _json = new("--json") { Description = "Write statistics as JSON, a document a line." };

    public DeviceCommand(CommandConsole console)
        : base("device", "Serves random bytes out of a named pipe, for programs that read a device.")
    {
        _console = console;
        Add(_path);
        foreach (Option option in (Option[])[_buffer, _sources, _quality, _allowRaw, _mode, _json])
            Add(option);
        SetAction(
            (parsed, end) =>
                OperatingSystem.IsLinux()
                    ? RunAsync(parsed, end)
                    : throw new CommandFailureException("device needs Linux: named pipes of other systems are other things.")
        );
    }

    public IReadOnlyList<(string Line, string Does)> Examples =>
        [
            (
                "openentropy device /tmp/entropy & OLLAMA_AUXRNG_DEV=/tmp/entropy ollama serve",
                "Ollama samples with bytes of this machine's noise."
            ),
            ("openentropy device /run/entropy --mode 0644", "Every user may read."),
            ("kill -USR1 $(pgrep -f 'openentropy device')", "Asks for statistics on standard error."),
        ];

    [SupportedOSPlatform("linux")]
    private async Task<int> RunAsync(ParseResult parsed, CancellationToken end)
    {
        var quality = parsed.GetValue(_quality) ?? OutputQuality.Drbg;
        if (quality == OutputQuality.Raw && !parsed.GetValue(_allowRaw))
            throw new CommandFailureException("--conditioning raw needs --allow-raw: raw samples are no random numbers.");
        var path = Path.GetFullPath(parsed.GetRequiredValue(_path));
        var sources = parsed.GetRequiredValue(_sources);
        var buffer = parsed.GetValue(_buffer);

        // First of all, so that a signal that comes early only asks.
        using var statistics = new DeviceStatistics(_console, path, parsed.GetValue(_json));
        await using var pool = LocalPool.Create(sources, _console.CreatePool, options => Set(options, quality));
        using var fifo = new Fifo(path, parsed.GetValue(_mode), 2 * buffer);
        _ = pool.RunAsync(CancellationToken.None); // how it ends is in what the pool refuses
        var bytes = new PoolBytes(pool, quality, sources, _console.Time)
        {
            Paused = why => _console.Error.WriteLine($"{OpenEntropyCommand.Name}: {path} waits: {why}"),
        };
        var portion = quality == OutputQuality.Drbg ? buffer : Math.Min(buffer, bytes.Portion);
        using var watch = new FifoWatch(path);
        var feeder = new FifoFeeder(fifo, bytes, portion, quality == OutputQuality.Drbg, statistics.Counts);
        try
        {
            await FeedAsync(feeder, watch, end);
            return ExitCodes.Success;
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return ExitCodes.Success;
        }
        finally
        {
            statistics.Write();
        }
    }

    // It waits in the kernel, which a thread that others want must not.
    [SupportedOSPlatform("linux")]
    private static async Task FeedAsync(FifoFeeder feeder, FifoWatch watch, CancellationToken end)
    {
        await Task.Yield();
        await feeder.RunAsync(watch, end);
    }

    private static void Set(EntropyPoolOptions options, OutputQuality quality)
    {
        if (quality != OutputQuality.Limited)
            options.Pool.Capacity = FewBlocks;
    }
}
