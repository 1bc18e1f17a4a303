using System.Diagnostics;
using System.Runtime.CompilerServices;
using OpenEntropy.Evidence.Sources;
using OpenEntropy.Noise;

namespace OpenEntropy.Evidence.Correlation;

/// <summary>One source, open on a thread of its own, whose measurements are taken one at a time and timed.</summary>
internal sealed class TimedSource : IDisposable
{
    private const int OpeningDeadlines = 5; // as in the service
    private const int MaximumEmpty = 1000;

    private static readonly TimeSpan s_silence = TimeSpan.FromMilliseconds(1); // the service's turn

    private readonly NoiseSource _source;
    private readonly SourceThread _thread;
    private readonly ManualResetEventSlim _never = new(initialState: false, spinCount: 0);

    private TimedSource(NoiseSource source)
    {
        _source = source;
        _thread = new SourceThread(source.Info);
    }

    /// <summary>True while it does not come back.</summary>
    public bool IsHanging => _thread.IsBusy;

    /// <summary>Opens a source.</summary>
    /// <param name="source">The source, closed.</param>
    /// <exception cref="NoiseSourceException">It does not open.</exception>
    public static TimedSource Open(NoiseSource source)
    {
        var timed = new TimedSource(source);
        if (timed._thread.Do(source.Open, source.Info.Deadline * OpeningDeadlines) is not { } failure)
            return timed;
        timed.Dispose();
        throw new NoiseSourceException($"{source.Info.Name} does not open: {failure}");
    }

    /// <summary>Begins to measure and returns at once.</summary>
    /// <param name="into">Receives the measurements.</param>
    /// <param name="until">When to end, ticks; at least one measurement is taken, but of a source that may be silent.</param>
    public void Begin(TimedSeries into, long until) => _thread.Begin(() => Fill(into, until));

    /// <summary>Waits for what was begun.</summary>
    /// <param name="usual">How long it should last.</param>
    /// <exception cref="NoiseSourceException">It failed or hangs.</exception>
    public void Wait(TimeSpan usual)
    {
        if (_thread.Wait(usual + (_source.Info.Deadline * 2)) is { } failure)
            throw new NoiseSourceException($"{_source.Info.Name}: {failure}");
    }

    /// <summary>The sample that a measurement became.</summary>
    public byte Sample(long value) => _source is MeasuredSource measured ? measured.Digitize(value) : (byte)value;

    /// <summary>Closes the source and ends the thread, unless the source hangs.</summary>
    public void Dispose()
    {
        if (!_thread.IsBusy)
            _ = _thread.Do(_source.Close, _source.Info.Deadline * OpeningDeadlines);
        _thread.Dispose();
        _never.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill(TimedSeries into, long until)
    {
        var measured = _source as MeasuredSource;
        Span<long> value = stackalloc long[1];
        Span<byte> sample = stackalloc byte[1];
        var (empty, mayBeSilent) = (0, _source.Info.MayBeSilent);
        var before = Stopwatch.GetTimestamp();
        do
        {
            var count = measured is not null ? measured.Measure(value) : _source.Collect(sample);
            var after = Stopwatch.GetTimestamp();
            if (count > 0)
                into.Add(before + ((after - before) / 2), measured is not null ? value[0] : sample[0]);
            else if (mayBeSilent)
                _ = _never.Wait(s_silence);
            else if (++empty > MaximumEmpty)
                throw new NoiseSourceException("it gives nothing");
            before = count > 0 ? after : Stopwatch.GetTimestamp();
        } while (before < until && !into.IsFull);
    }
}
