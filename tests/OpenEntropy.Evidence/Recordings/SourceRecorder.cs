using System.Diagnostics;
using OpenEntropy.Evidence.Sources;
using OpenEntropy.Noise;

namespace OpenEntropy.Evidence.Recordings;

/// <summary>
/// Takes consecutive samples of one source: one collection begins right after the other, and nothing is left out, whatever happened meanwhile.
/// </summary>
internal sealed class SourceRecorder
{
    /// <summary>The most measurements in one collection, as <see cref="MeasuredSource"/> itself takes them.</summary>
    private const int MaximumCollection = 512;

    private static readonly TimeSpan s_collection = TimeSpan.FromMilliseconds(1); // the service's turn
    private static readonly TimeSpan s_silence = TimeSpan.FromMilliseconds(10); // short beside what a person does, long beside asking for it
    private static readonly TimeSpan s_progress = TimeSpan.FromSeconds(10);

    private readonly NoiseSource _source;
    private readonly TimeSpan _atMost;
    private readonly TimeProvider _time;
    private readonly byte[] _samples;
    private readonly long[]? _measurements;
    private readonly ManualResetEventSlim _never = new(initialState: false, spinCount: 0);
    private volatile int _filled;
    private long _begun;
    private long _ended;
    private DateTimeOffset _start;
    private bool _collectedGarbage;
    private bool _isOverTime;

    private SourceRecorder(NoiseSource source, int samples, TimeSpan atMost, TimeProvider time)
    {
        (_source, _atMost, _time) = (source, atMost, time);
        _samples = new byte[samples];
        _measurements = source is MeasuredSource ? new long[samples] : null;

        // Memory that was never touched would fault in the midst of the recording.
        Array.Fill(_samples, (byte)1);
        _measurements?.AsSpan().Fill(1);
    }

    /// <summary>Opens a source on a thread of its own, records, and closes it.</summary>
    /// <param name="source">The source, which nothing else uses.</param>
    /// <param name="samples">How many at most, at least 1.</param>
    /// <param name="atMost">How long at most, from the first sample on.</param>
    /// <param name="time">Dates the recording.</param>
    /// <param name="progress">Told now and then how many there are.</param>
    /// <exception cref="ArgumentException">The source is private.</exception>
    public static SourceRecording Take(NoiseSource source, int samples, TimeSpan atMost, TimeProvider time, Action<int>? progress = null)
    {
        if (source.Info.Private)
            throw new ArgumentException($"{source.Info.Name} is not recorded: {NoiseSourceInfo.WhyPrivate}.", nameof(source));
        var recorder = new SourceRecorder(source, samples, atMost, time);
        using (recorder._never)
            return recorder.Take(progress);
    }

    private SourceRecording Take(Action<int>? progress)
    {
        var deadline = _source.Info.Deadline;
        using var thread = new SourceThread(_source.Info);
        thread.Begin(Record);

        // Opening may take five deadlines, as in the service, and the last collection one more.
        var patience = _atMost + (deadline * 6) + TimeSpan.FromSeconds(1);
        for (
            var waited = TimeSpan.Zero;
            waited + s_progress < patience && thread.Wait(s_progress) is not null && thread.IsBusy;
            waited += s_progress
        )
            progress?.Invoke(_filled);
        var failure = thread.Wait(s_progress < patience ? s_progress : patience);
        return Result(failure, hangs: thread.IsBusy);
    }

    private SourceRecording Result(string? failure, bool hangs)
    {
        var count = _filled;
        var elapsed = count > 0 ? Stopwatch.GetElapsedTime(_begun, Volatile.Read(ref _ended)) : TimeSpan.Zero;
        return new SourceRecording
        {
            Source = _source.Info,
            Samples = count == _samples.Length ? _samples : _samples[..count],
            Measurements = count == _samples.Length ? _measurements : _measurements?[..count],
            Start = _start,
            End = _start + elapsed,
            Elapsed = elapsed,
            Sequence =
                $"Consecutive, in collections of about a millisecond and at most {MaximumCollection} samples, each begun right after the one before"
                + (_source.Info.MayBeSilent ? $", or {s_silence.TotalMilliseconds:0} ms later where nothing had happened" : "")
                + (_collectedGarbage ? "; a garbage collection fell into it." : "."),
            HasFailed = failure is not null,
            Hangs = hangs,
            Shortfall =
                failure is not null ? failure.TrimEnd('.')
                : _isOverTime && count == 0 ? $"nothing came within {_atMost.TotalSeconds:0.#} s"
                : _isOverTime ? $"{_atMost.TotalSeconds:0.#} s were over"
                : null,
        };
    }

    /// <summary>On the source's thread.</summary>
    private void Record()
    {
        try
        {
            _source.Open();
            Discard();
            GC.Collect(); // what there is to collect, so that nothing is collected while it records
            var collections = GarbageCollections.Now();
            _start = _time.GetUtcNow();
            _begun = Stopwatch.GetTimestamp();
            Fill();
            _collectedGarbage = GarbageCollections.Now() != collections;
        }
        finally
        {
            _source.Close();
        }
    }

    private void Fill()
    {
        var length = TurnLength.First;
        while (_filled < _samples.Length)
        {
            var start = Stopwatch.GetTimestamp();
            var count = Collect(_filled, Math.Min(length, _samples.Length - _filled));
            var now = Stopwatch.GetTimestamp();
            if (count > 0)
            {
                Volatile.Write(ref _ended, now);
                _filled += count;
                length = Math.Min(
                    MaximumCollection,
                    TurnLength.Next(new Collection(CollectionResult.Collected, count, Stopwatch.GetElapsedTime(start, now)), s_collection)
                );
            }
            else if (_source.Info.MayBeSilent)
            {
                _ = _never.Wait(s_silence);
            }
            else
            {
                throw new NoiseSourceException("it gave no sample");
            }

            _isOverTime = _filled < _samples.Length && Stopwatch.GetElapsedTime(_begun, now) >= _atMost;
            if (_isOverTime)
                return;
        }
    }

    /// <summary>The first sample after an opening, which the service throws away too.</summary>
    private void Discard() => _ = _source.Collect(stackalloc byte[1]);

    private int Collect(int at, int wanted)
    {
        if (_source is not MeasuredSource measured)
            return _source.Collect(_samples.AsSpan(at, wanted));

        var values = _measurements.AsSpan(at, wanted);
        var count = measured.Measure(values);
        for (var i = 0; i < count; i++)
            _samples[at + i] = measured.Digitize(values[i]);
        return count;
    }
}
