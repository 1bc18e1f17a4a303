using OpenEntropy.Cli.Monitor.Feeds;
using OpenEntropy.Cli.Monitor.Figures;
using OpenEntropy.Cli.Monitor.Keys;
using OpenEntropy.Server.Sources;

namespace OpenEntropy.Cli.Monitor;

/// <summary>What the screen shows: the latest figures, those before as far as graphs need them, the choice, and how the service answers.</summary>
/// <param name="subject">What is watched.</param>
internal sealed class MonitorModel(string subject)
{
    private const int Page = 10;

    private readonly Dictionary<string, EntropyTrail> _trails = new(StringComparer.Ordinal);
    private TimeSpan _lastAnswer;

    /// <summary>What is watched.</summary>
    public string Subject { get; } = subject;

    /// <summary>The latest figures; null before the first.</summary>
    public MonitorReading? Reading { get; private set; }

    /// <summary>The list and the choice.</summary>
    public SourceList Sources { get; } = new();

    /// <summary>What went on between the latest two readings.</summary>
    public Rates? Rates { get; private set; }

    /// <summary>The raw samples of the chosen source; null before one is chosen.</summary>
    public RawWatch? Raw { get; private set; }

    /// <summary>Why no source's raw samples are served; null where they are, or where nobody asked yet.</summary>
    public string? RawForbidden { get; private set; }

    /// <summary>Why there is no answer; null while there are answers.</summary>
    public string? Trouble { get; private set; }

    /// <summary>How old the figures are while there is no answer.</summary>
    public TimeSpan Silence { get; private set; }

    /// <summary>What came of the latest act; null after the next key.</summary>
    public string? Message { get; private set; }

    /// <summary>True while the list of keys is shown.</summary>
    public bool ShowsHelp { get; private set; }

    /// <summary>The entropies of a source's latest samples as the engine counts them, one for each reading.</summary>
    public EntropyTrail TrailOf(string source) => _trails.TryGetValue(source, out var trail) ? trail : _trails[source] = new EntropyTrail();

    /// <summary>Takes a reading in.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="at">When it came, since any beginning.</param>
    public void Take(MonitorReading reading, TimeSpan at)
    {
        var restarted = Reading is not null && Rates.IsRestart(Reading, reading);
        if (restarted || Trouble is not null)
            RawForbidden = null; // who starts a service anew may have allowed it
        if (restarted)
        {
            _trails.Clear();
            Raw = null;
            Message = "the service was started anew: counters began again";
        }

        Rates = Rates.Between(restarted ? null : Reading, reading);
        (Reading, Trouble, Silence, _lastAnswer) = (reading, null, TimeSpan.Zero, at);
        Sources.Update(reading.Sources);
        foreach (var source in reading.Sources.Where(source => source.Bytes > 0))
            TrailOf(source.Name).Add(new EntropyPoint(source.Entropy, source.MinEntropy));
        Choose();
    }

    /// <summary>There was no answer: the figures stay, and are said to be old.</summary>
    /// <param name="why">One clause.</param>
    /// <param name="at">When that was noticed, on the clock of the readings.</param>
    public void Fail(string why, TimeSpan at) => (Trouble, Silence) = (why, at - _lastAnswer);

    /// <summary>Time went by.</summary>
    /// <param name="now">On the clock of the readings.</param>
    public void Tick(TimeSpan now)
    {
        if (Trouble is not null)
            Silence = now - _lastAnswer;
    }

    /// <summary>Takes raw samples in, or why there are none. Those of a source that is no longer chosen are dropped.</summary>
    public void Take(string source, RawSamples answer)
    {
        if (answer.IsForbidden)
            RawForbidden = answer.Why;
        if (Raw?.Source == source)
            Raw.Take(answer);
    }

    /// <summary>Which raw samples to ask for now; null where none are to be had.</summary>
    public (string Source, int Count)? RawRequest() =>
        Trouble is null && RawForbidden is null && Sources.Chosen is { } chosen && RawWatch.FindObstacle(chosen) is null && Raw is not null
            ? (chosen.Name, Raw.CountFor(chosen))
            : null;

    /// <summary>Says what came of an act.</summary>
    public void Tell(string message) => Message = message;

    /// <summary>What an act on the chosen source would be: none where there is none.</summary>
    /// <param name="key">Switch or retest.</param>
    public (string Source, SourceAct Act)? FindAct(MonitorKey key) =>
        Sources.Chosen is not { } chosen ? null
        : key == MonitorKey.Retest ? (chosen.Name, SourceAct.Retest)
        : key != MonitorKey.Switch ? null
        : chosen.State is "starting" or "healthy" or "failed" ? (chosen.Name, SourceAct.Disable)
        : (chosen.Name, SourceAct.Enable);

    /// <summary>Moves the choice, shows or hides the list of keys. Acts, readings and the end are not the model's.</summary>
    public void Press(MonitorKey key)
    {
        Message = null;
        ShowsHelp = key switch
        {
            MonitorKey.Help => !ShowsHelp,
            MonitorKey.Escape => false,
            _ => ShowsHelp,
        };
        Sources.Move(
            key switch
            {
                MonitorKey.Up => -1,
                MonitorKey.Down => 1,
                MonitorKey.PageUp => -Page,
                MonitorKey.PageDown => Page,
                MonitorKey.First => int.MinValue,
                MonitorKey.Last => int.MaxValue,
                _ => 0,
            }
        );
        Choose();
    }

    private void Choose()
    {
        if (Sources.Chosen is { } chosen && Raw?.Source != chosen.Name)
            Raw = new RawWatch(chosen.Name);
    }
}
