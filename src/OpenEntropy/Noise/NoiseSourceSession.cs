using System.Diagnostics;
using OpenEntropy.Continuity;

namespace OpenEntropy.Noise;

/// <summary>
/// Opening, collecting and closing one noise source, on its own thread; the one place that calls <see cref="NoiseSource.Collect"/>.
/// A source that fails is taken out of the circuit and reopened after a pause that doubles with each failure, from 1 s to 5 min.
/// </summary>
internal sealed class NoiseSourceSession
{
    /// <summary>A step of a clock offset beyond this is a jump, nanoseconds; slewing moves it by at most 0.5 ms in a second.</summary>
    private const long JumpNanoseconds = 10_000_000;

    /// <summary>Opening may warm up what it opens, and closing wait for what it ends: past this many deadlines they hang.</summary>
    public const int Deadlines = 5;

    private readonly NoiseSource _noise;
    private readonly bool _mayBeSilent;
    private readonly Reopening _reopening;
    private UsualTurn _turn;
    private volatile bool _isOpen;
    private volatile string? _error;

    /// <summary>A session that is not open.</summary>
    /// <param name="noise">The source.</param>
    /// <param name="time">Paces the reopening.</param>
    public NoiseSourceSession(NoiseSource noise, TimeProvider time)
    {
        (_noise, _mayBeSilent) = (noise, noise.Info.MayBeSilent);
        Openings = new OpeningWatch(noise.Info.Deadline * Deadlines);
        _reopening = new Reopening(time, failure => _error = failure);
    }

    /// <summary>How long the opening's one sample took.</summary>
    public TimeSpan FirstSample { get; private set; }

    /// <summary>True between an opening that gave a sample and the next closing.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>Why the source is not open and when the next attempt comes, in one clause; null when no attempt failed.</summary>
    public string? Error => _error;

    /// <summary>Tells of attempts to open that failed or hang.</summary>
    public OpeningWatch Openings { get; }

    /// <summary>The pauses start small again.</summary>
    public void MarkSound() => _reopening.MarkSound();

    /// <summary>It did not fail by itself: the next opening is like the first. Only while nothing runs on the source's thread.</summary>
    public void ForgetFailure()
    {
        _error = null;
        _reopening.MarkSound();
    }

    /// <summary>Tries until the source is open or it is stopped; after a failure it pauses first.</summary>
    /// <param name="scratch">Room for one sample.</param>
    /// <param name="stop">Ends the attempts.</param>
    public void Open(Memory<byte> scratch, CancellationToken stop)
    {
        try
        {
            _reopening.Run(() => OpenOnce(scratch.Span[..1]), _error, stop);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // Whatever the last attempt threw, nobody wants the source open any more.
            _error = null;
        }
    }

    /// <summary>Takes samples and says how that went; whatever the source throws stays here.</summary>
    /// <param name="samples">Receives them.</param>
    public Collection Collect(Span<byte> samples)
    {
        var collections = GarbageCollections.Now();
        var clocks = SystemClocks.Offsets();
        var processor = SystemClocks.ThreadTime();
        var start = Stopwatch.GetTimestamp();
        try
        {
            var count = Measure(samples);
            var elapsed = Stopwatch.GetElapsedTime(start);
            var used = SystemClocks.ThreadTime() - processor ?? elapsed;
            if (count == 0 && _mayBeSilent)
                return new Collection(CollectionResult.Silent);
            if (count < 1)
                return new Collection(CollectionResult.Threw, Error: "gave no sample");
            return count <= samples.Length
                ? new Collection(
                    CollectionResult.Collected,
                    count,
                    elapsed,
                    Disturbed(collections, clocks, elapsed, samples.Length),
                    Processor: used
                )
                : new Collection(CollectionResult.Threw, Error: $"says it wrote {count} samples where {samples.Length} were asked for");
        }
        catch (Exception e)
        {
            // A source may be somebody else's code: whatever it throws costs nothing but itself.
            return new Collection(CollectionResult.Threw, Error: e.Message);
        }
    }

    /// <summary>Closes a source that failed.</summary>
    /// <param name="error">How it failed, in one clause.</param>
    public void Break(string error)
    {
        Close();
        _error = error;
    }

    /// <summary>Closes the source, if it is open.</summary>
    public void Close()
    {
        if (!_isOpen)
            return;
        _isOpen = false;
        _error = null;
        CloseQuietly();
    }

    /// <summary>
    /// An opening counts only when a first sample comes: a device that opens and then gives nothing is still broken, unless it may be silent. That
    /// sample is thrown away untested: it is used for nothing, and what it took to come tells how long a turn may take.
    /// </summary>
    private void OpenOnce(Span<byte> scratch)
    {
        Openings.Begin();
        try
        {
            _noise.Open();
            var start = Stopwatch.GetTimestamp();
            if (Measure(scratch) < 1 && !_mayBeSilent)
                throw new NoiseSourceException("it opened but gave no sample");
            FirstSample = Stopwatch.GetElapsedTime(start);
            _turn.Start(FirstSample);
        }
        catch (Exception e)
        {
            CloseQuietly();
            _error = e.Message; // stands before anyone is told of the failure
            Openings.Fail(_error);
            throw;
        }
        finally
        {
            Openings.End();
        }

        _error = null;
        _isOpen = true;
    }

    private int Measure(Span<byte> samples) => _noise.Collect(samples);

    private Disturbance Disturbed(GarbageCollections collections, (long Boottime, long Realtime) clocks, TimeSpan elapsed, int asked)
    {
        var stop = _turn.IsStop(elapsed, asked);
        var now = SystemClocks.Offsets();
        if (Math.Abs(now.Boottime - clocks.Boottime) > JumpNanoseconds || Math.Abs(now.Realtime - clocks.Realtime) > JumpNanoseconds)
            return Disturbance.ClockJump;
        if (stop)
            return Disturbance.Stop;
        return GarbageCollections.Now() != collections ? Disturbance.GarbageCollection : Disturbance.None;
    }

    private void CloseQuietly()
    {
        try
        {
            _noise.Close();
        }
        catch (Exception e)
        {
            // Said in the source's reason; a source that cannot close must not end the process.
            _error = $"it did not close: {e.Message}";
        }
    }
}
