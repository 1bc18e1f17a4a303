using OpenEntropy.Cli.Monitor.Feeds;

namespace OpenEntropy.Cli.Monitor;

/// <summary>What the loop waits for; all of it comes by one queue, so that the model belongs to one thread.</summary>
internal abstract record MonitorEvent
{
    /// <summary>Bytes of the terminal; none: it is closed.</summary>
    public sealed record Typed(ReadOnlyMemory<byte> Bytes) : MonitorEvent;

    /// <summary>Nothing has followed the bytes for a while.</summary>
    public sealed record TypingPaused : MonitorEvent;

    /// <summary>The window has another size, or somebody else wrote on the screen.</summary>
    public sealed record ScreenChanged : MonitorEvent;

    /// <summary>Figures are due.</summary>
    public sealed record Due : MonitorEvent;

    /// <summary>A second has gone by.</summary>
    public sealed record Ticked : MonitorEvent;

    /// <summary>Figures came.</summary>
    public sealed record Answered(MonitorReading Reading) : MonitorEvent;

    /// <summary>Figures did not come.</summary>
    public sealed record Failed(string Why) : MonitorEvent;

    /// <summary>Raw samples of a source, or why there are none; null where there was no answer at all, which the next reading will tell.</summary>
    public sealed record Sampled(SampleRequest Request, RawSamples? Samples) : MonitorEvent;

    /// <summary>What came of an act.</summary>
    public sealed record Acted(string Outcome) : MonitorEvent;

    /// <summary>The program is at fault.</summary>
    public sealed record Faulted(Exception Exception) : MonitorEvent;
}

/// <summary>Raw samples that were asked for.</summary>
/// <param name="source">The source.</param>
/// <param name="count">How many.</param>
/// <param name="work">Ends the wait as well.</param>
internal sealed class SampleRequest(string source, int count, CancellationToken work) : IDisposable
{
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(work);

    /// <summary>The source.</summary>
    public string Source => source;

    /// <summary>How many.</summary>
    public int Count => count;

    /// <summary>True once there is an answer.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>Ends the wait.</summary>
    public CancellationToken End => _end.Token;

    /// <summary>Nobody wants them any more.</summary>
    public void Cancel() => _end.Cancel();

    public void Dispose() => _end.Dispose();
}
