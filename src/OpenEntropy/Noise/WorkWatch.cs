using System.Diagnostics;

namespace OpenEntropy.Noise;

/// <summary>
/// How long a source's thread has been busy with its piece of work, and whether it was told that this hangs. It belongs to whoever hands out the work.
/// </summary>
internal struct WorkWatch
{
    private long _started;

    /// <summary>How long ago the piece of work began.</summary>
    public readonly TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    /// <summary>True once it was told that this piece of work hangs.</summary>
    public bool HangIsTold { get; private set; }

    /// <summary>A piece of work begins.</summary>
    public void Begin() => (_started, HangIsTold) = (Stopwatch.GetTimestamp(), false);

    /// <summary>True once for each piece of work that takes longer than it may.</summary>
    /// <param name="deadline">How long it may take.</param>
    public bool TakeHang(TimeSpan deadline)
    {
        if (HangIsTold || Elapsed < deadline)
            return false;
        HangIsTold = true;
        return true;
    }
}
