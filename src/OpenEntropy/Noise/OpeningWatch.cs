using System.Diagnostics;

namespace OpenEntropy.Noise;

/// <summary>Tells the harvest, once each, of attempts to open a source that failed or hang. The source's thread writes, the harvest takes.</summary>
/// <param name="deadline">An attempt that takes longer hangs.</param>
internal sealed class OpeningWatch(TimeSpan deadline)
{
    private string? _failure;
    private long _started;
    private bool _hangTold;

    /// <summary>True while an attempt is under way of which it was told that it hangs.</summary>
    public bool IsStuck => _hangTold && Volatile.Read(ref _started) != 0;

    /// <summary>An attempt begins.</summary>
    public void Begin() => Volatile.Write(ref _started, Stopwatch.GetTimestamp());

    /// <summary>The attempt failed.</summary>
    /// <param name="error">How, in one clause.</param>
    public void Fail(string error) => Volatile.Write(ref _failure, $"did not open: {error}");

    /// <summary>The attempt has ended.</summary>
    public void End() => Volatile.Write(ref _started, 0);

    /// <summary>A failure that was not told yet, or that the attempt under way hangs; null where there is none.</summary>
    public string? Take()
    {
        var failure = Interlocked.Exchange(ref _failure, null);
        var start = Volatile.Read(ref _started);
        var hangs = start != 0 && Stopwatch.GetElapsedTime(start) >= deadline;
        if (hangs && !_hangTold)
            failure = $"did not open within {deadline.TotalSeconds:0.###} s";
        _hangTold = hangs;
        return failure;
    }
}
