using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Streaming;

/// <summary>How far a stream of so many bytes is, from a second on, and about how long the rest takes at the rate so far.</summary>
/// <param name="console">Where it is shown: not beside the bytes themselves.</param>
/// <param name="bytes">How many are wanted; 0: no end, and nothing to show.</param>
internal sealed class StreamProgress(CommandConsole console, long bytes) : IDisposable
{
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    private readonly ProgressLine _line = new(console);
    private readonly bool _shows = bytes > 0 && console.ShowsProgress && !console.IsTerminal;
    private readonly long _start = console.Time.GetTimestamp();
    private TimeSpan _next = s_silence;

    /// <summary>Shows it, when it is time to.</summary>
    /// <param name="left">Bytes to come.</param>
    public void Show(long left)
    {
        if (!_shows || console.Time.GetElapsedTime(_start) is var elapsed && elapsed < _next)
            return;
        _next = elapsed + s_interval;
        var given = bytes - left;
        var rest = given == 0 ? "" : $", about {elapsed.TotalSeconds * left / given:#,0} s left";
        _line.Show($"{given:#,0} of {bytes:#,0} bytes{rest}");
    }

    public void Dispose() => _line.Clear();
}
