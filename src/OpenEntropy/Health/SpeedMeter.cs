namespace OpenEntropy.Health;

/// <summary>
/// Measures how quickly a source gives samples, and says when that is not what the selection asked for. It counts the time spent collecting, not
/// the time between turns. Its owner locks.
/// </summary>
/// <param name="onlyIf">The speed that the source must turn out to have to stay selected; <see cref="SourceSpeed.Unknown"/>: any.</param>
/// <remarks>
/// A host busy with others can only lengthen a measurement, so up to three windows are measured and the shortest counts. A window that has passed
/// the limit is over before it has its samples: a source that takes a second for each is known to be slow within seconds.
/// </remarks>
internal sealed class SpeedMeter(SourceSpeed onlyIf)
{
    /// <summary>A source is fast when it collects the samples of a start-up test in less than this.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(0.5);

    private const int Windows = 3;

    private SourceSpeed _onlyIf = onlyIf;
    private int _windows;
    private int _samples;
    private TimeSpan _elapsed;
    private TimeSpan _shortest = TimeSpan.MaxValue;
    private volatile SourceSpeed _speed;

    /// <summary>As measured last; may be read without the lock.</summary>
    public SourceSpeed Speed
    {
        get => _speed;
        private set => _speed = value;
    }

    /// <summary>Collecting time of 1,024 samples as measured last, seconds; null before.</summary>
    public double? SecondsPerStartup { get; private set; }

    /// <summary>
    /// Why the source is not selected after all, in one clause; null where it is, or where it is not measured yet. The words are asked at the first
    /// measurement alone: later ones are shown, and a source that was found fit does not go because its host has become busy.
    /// </summary>
    public string? WhyNotSelected =>
        (_onlyIf, Speed) switch
        {
            (SourceSpeed.Fast, SourceSpeed.Slow) =>
                $"not selected: {ContinuousTests.StartupSamples:#,0} samples take {Figure()} s here, and `fast` takes those under {Limit.TotalSeconds} s",
            (SourceSpeed.Slow, SourceSpeed.Fast) =>
                $"not selected: {ContinuousTests.StartupSamples:#,0} samples take {Figure()} s here, and `slow` takes those of {Limit.TotalSeconds} s and more",
            _ => null,
        };

    /// <summary>Counts an undisturbed collection.</summary>
    /// <param name="samples">Its samples.</param>
    /// <param name="elapsed">How long it took.</param>
    public void Add(int samples, TimeSpan elapsed)
    {
        if (_windows == Windows)
            return;
        _samples += samples;
        _elapsed += elapsed;
        if (_samples < ContinuousTests.StartupSamples && _elapsed < Limit)
            return;

        var window = _elapsed * ((double)ContinuousTests.StartupSamples / _samples);
        (_shortest, _samples, _elapsed) = (window < _shortest ? window : _shortest, 0, TimeSpan.Zero);
        _windows++;
        if (_shortest < Limit || _windows == Windows)
            Settle();
    }

    /// <summary>Measures anew; the last figures stand until there are others.</summary>
    public void Restart() => (_windows, _samples, _elapsed, _shortest) = (0, 0, TimeSpan.Zero, TimeSpan.MaxValue);

    /// <summary>The source stays selected whatever its speed.</summary>
    public void Keep() => _onlyIf = SourceSpeed.Unknown;

    private void Settle()
    {
        _windows = Windows;
        SecondsPerStartup = _shortest.TotalSeconds;
        Speed = _shortest < Limit ? SourceSpeed.Fast : SourceSpeed.Slow;
        if (WhyNotSelected is null)
            Keep();
    }

    private string Figure() => SecondsPerStartup < 0.001 ? "less than 0.001" : $"{SecondsPerStartup:0.###}";
}
