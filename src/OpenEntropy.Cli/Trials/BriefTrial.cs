using System.Diagnostics;
using OpenEntropy.Health;

namespace OpenEntropy.Cli.Trials;

/// <summary>
/// Tries many sources briefly: all are opened at once, then each collects for a few milliseconds while no other does, but for those that keep waiting for
/// something. The samples are tested and thrown away.
/// </summary>
internal sealed class BriefTrial : IDisposable
{
    /// <summary>How long it may take whether this machine has one, after it was known of the one before.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(0.5);

    /// <summary>So much collecting says what the rate of a fast source is about.</summary>
    private static readonly TimeSpan s_enough = TimeSpan.FromMilliseconds(2);

    /// <summary>So much is had by a source that looks slow, which may have been kept waiting by those that were being opened.</summary>
    private static readonly TimeSpan s_secondLook = TimeSpan.FromMilliseconds(40);

    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(4);

    /// <summary>How long a collection has the machine for itself.</summary>
    private static readonly TimeSpan s_alone = TimeSpan.FromMilliseconds(8);

    /// <summary>How long the closing of one is waited for, after the one before has closed; what hangs ends with the process.</summary>
    private static readonly TimeSpan s_close = TimeSpan.FromSeconds(0.3);

    /// <summary>
    /// Waiting is counted in these and not by the clock: where the machine is so busy that this thread itself has to wait, the sources have as much more time.
    /// </summary>
    private static readonly TimeSpan s_slice = TimeSpan.FromMilliseconds(5);

    private readonly EntropySource[] _sources;
    private readonly List<EntropySource> _open;
    private readonly Dictionary<EntropySource, double> _rates = [];
    private readonly AutoResetEvent _wake = new(initialState: false);
    private long _begun;
    private EntropySource? _alone;

    /// <summary>Looks which of them this machine has.</summary>
    /// <param name="choices">The sources.</param>
    public BriefTrial(IEnumerable<SourceChoice> choices)
    {
        Counters.Measure();
        _sources = [.. choices.Select(choice => choice.Open())];
        foreach (var source in _sources)
            source.Finished = () => _wake.Set();
        InTurn(_sources, s_look, (source, patience) => source.AwaitLook(patience));

        _open = [.. _sources.Where(source => source.State != SourceState.Unavailable)];
    }

    /// <summary>Tries them until each gave enough or failed, or none gives anything any more.</summary>
    /// <param name="patience">How long nothing may come.</param>
    /// <param name="end">Ends it.</param>
    /// <returns>Every source as it then is, in the order given.</returns>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public IReadOnlyList<EntropySourceStatus> Run(TimeSpan patience, CancellationToken end)
    {
        var waited = TimeSpan.Zero;
        while (_open.Count > 0 && waited < patience)
        {
            end.ThrowIfCancellationRequested();
            // An opening, a collection and a closing that ended set it.
            waited = Step() || _wake.WaitOne(s_slice) ? TimeSpan.Zero : waited + s_slice;
        }

        return [.. _sources.Select(Status)];
    }

    /// <summary>Closes all.</summary>
    public void Dispose()
    {
        var closing = _sources.Select(source => new Thread(source.Dispose) { IsBackground = true }).ToList();
        closing.ForEach(thread => thread.Start());
        InTurn(closing, s_close, (thread, patience) => thread.Join(patience));
        // Not disposed: a source that hangs may yet set the event.
    }

    /// <summary>Waits for one after the other. Whoever comes in time gives the rest their time anew; those that hang have it together.</summary>
    private static void InTurn<T>(IEnumerable<T> all, TimeSpan patience, Func<T, TimeSpan, bool> hasCome)
    {
        var waited = TimeSpan.Zero;
        foreach (var each in all)
        {
            while (!hasCome(each, s_slice) && waited < patience)
                waited += s_slice;
            if (waited < patience)
                waited = TimeSpan.Zero;
        }
    }

    /// <summary>Takes what has come and begins what may begin; false where there was nothing to do.</summary>
    private bool Step()
    {
        var worked = false;
        for (var at = _open.Count - 1; at >= 0; at--)
        {
            if (!_open[at].CanTakeTurn(forRaw: true) || !_open[at].IsFetchable)
                continue;
            _open[at].Take(s_turn);
            if (double.IsFinite(_open[at].SamplesPerSecond))
                _rates[_open[at]] = Math.Max(_open[at].SamplesPerSecond, _rates.GetValueOrDefault(_open[at]));
            worked = true;
        }

        _open.RemoveAll(IsSettled);
        if (_alone is { IsCollecting: true } && Stopwatch.GetElapsedTime(_begun) < s_alone)
            return worked;
        _alone = _open.Find(source => !source.IsCollecting && source.CanTakeTurn(forRaw: true) && source.TryBegin(s_turn));
        _begun = Stopwatch.GetTimestamp();
        return worked;
    }

    /// <summary>The source as it is, with the rate of its quickest turn: the first ones may be of a machine that was busy with opening others.</summary>
    private EntropySourceStatus Status(EntropySource source) =>
        source.Status() with
        {
            SamplesPerSecond = _rates.GetValueOrDefault(source),
        };

    private bool IsSettled(EntropySource source)
    {
        if (source.IsCollecting)
            return false;
        var status = Status(source);
        var enough = TrialFigures.Speed(status) == SourceSpeed.Fast ? s_enough : s_secondLook;
        return source.IsSilent
            || status.LastFailure is not null
            || status.Samples >= ContinuousTests.StartupSamples
            || status.CollectionSeconds >= enough.TotalSeconds;
    }
}
