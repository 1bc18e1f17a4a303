using OpenEntropy.Server.Metrics;

namespace OpenEntropy.Server.Health;

/// <summary>
/// The pool's accounts for the health routes, which nobody limits: all who ask within <see cref="MaximumAge"/> get the same, and one of them takes them. A change
/// of state ends them at once, so that no state is told that has passed; only figures (bytes, age, uptime) are as old as that.
/// </summary>
/// <param name="read">Takes the accounts, and waits for each source in turn.</param>
/// <param name="mark">Another number once a state may have changed; waits for no source.</param>
/// <param name="time">The clock.</param>
internal sealed class SharedStatus(Func<EntropyPoolStatus> read, Func<int> mark, TimeProvider time)
{
    /// <summary>How old they may be.</summary>
    public static readonly TimeSpan MaximumAge = TimeSpan.FromMilliseconds(250);

    private readonly SharedWork<EntropyPoolStatus> _work = new(read);
    private volatile Held? _held;

    /// <summary>The accounts, no state of which has passed, as far as the mark tells.</summary>
    public ValueTask<EntropyPoolStatus> TakeAsync()
    {
        var now = mark();
        return _held is { } held && held.Mark == now && time.GetElapsedTime(held.Taken) < MaximumAge
            ? ValueTask.FromResult(held.Status)
            : new ValueTask<EntropyPoolStatus>(TakeAsync(now));
    }

    private async Task<EntropyPoolStatus> TakeAsync(int now)
    {
        var taken = time.GetTimestamp();
        var status = await _work.DoAsync(now);
        if (mark() == now) // a state that came and went meanwhile is told once, to those who asked then
        {
            _held = new Held(now, taken, status);
        }

        return status;
    }

    private sealed record Held(int Mark, long Taken, EntropyPoolStatus Status);
}
