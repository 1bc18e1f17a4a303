namespace OpenEntropy.Server.Assessment;

/// <summary>
/// Keeps a computation to a share of one core: whenever it has used a little processor time it pauses for as long as that was too much. It
/// belongs to the computing thread.
/// </summary>
/// <param name="share">Share of one core, above 0, at most 1.</param>
/// <param name="processorTime">The computing thread's own processor time.</param>
/// <param name="pause">Waits; it may throw to end the computation.</param>
internal sealed class WorkPace(double share, Func<TimeSpan> processorTime, Action<TimeSpan> pause)
{
    /// <summary>Processor time after which a pause is worth its wake-up.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(5);

    private TimeSpan _last = processorTime();

    /// <summary>Called by the computation every few milliseconds of its work.</summary>
    public void Checkpoint()
    {
        var now = processorTime();
        var spent = now - _last;
        if (spent < Slice)
        {
            pause(TimeSpan.Zero);
            return;
        }

        // What the waking up costs falls into the next slice.
        _last = now;
        pause((spent / share) - spent);
    }
}
