using System.Diagnostics;

namespace OpenEntropy.Noise;

/// <summary>
/// Asks a noise source whether this machine has it, on a thread of its own: looking reads a file system or a bus, and where that gives no answer, it
/// costs this source and nothing else. One look at a time; it begins none while another hangs. For any thread.
/// </summary>
/// <param name="noise">The source.</param>
/// <param name="time">Tells how long ago the last answer came.</param>
/// <param name="answered">Called on that thread with why it is unavailable, or null where it is there; where no thread is needed, before <see cref="Begin"/> returns.</param>
internal sealed class SourceLook(NoiseSource noise, TimeProvider time, Action<string?> answered)
{
    /// <summary>A look that takes longer is not over in a moment.</summary>
    private static readonly TimeSpan s_prompt = TimeSpan.FromSeconds(0.25);

    private readonly NoiseSourceInfo _info = noise.Info;
    private readonly bool _looks = SourcePlatforms.Looks(noise);
    private readonly Lock _gate = new();
    private Thread? _thread;
    private long _began;
    private long _ended;

    /// <summary>What there is to say of an answer that does not come, in one clause without a full stop; null where there is one, or it may come at any moment.</summary>
    public string? WhyNoAnswer
    {
        get
        {
            if (!IsUnderWay)
                return null;
            var elapsed = Stopwatch.GetElapsedTime(Volatile.Read(ref _began));
            return elapsed >= _info.Deadline ? $"looking for it has given no answer for {_info.Deadline.TotalSeconds:0.###} s"
                : elapsed >= s_prompt ? "looking for it has given no answer yet"
                : null;
        }
    }

    /// <summary>True when another look may tell something new: the last answer is older than that, and it was not about what a machine is for good.</summary>
    /// <param name="interval">How old.</param>
    public bool IsDue(TimeSpan interval) => _looks && !IsUnderWay && time.GetElapsedTime(Volatile.Read(ref _ended)) >= interval;

    private bool IsUnderWay => Volatile.Read(ref _thread)?.IsAlive == true;

    /// <summary>Begins a look, unless one is under way.</summary>
    public void Begin()
    {
        if (!_looks)
        {
            answered(SourcePlatforms.WhyUnavailable(noise));
            return;
        }

        lock (_gate)
        {
            if (IsUnderWay)
                return;
            Volatile.Write(ref _began, Stopwatch.GetTimestamp());
            var thread = new Thread(Look, _info.StackBytes) { IsBackground = true, Name = _info.Name };
            thread.Start();
            Volatile.Write(ref _thread, thread);
        }
    }

    /// <summary>Waits for the answer of the look under way.</summary>
    /// <param name="patience">How long at most.</param>
    /// <returns>False where it did not come.</returns>
    public bool Wait(TimeSpan patience) => Volatile.Read(ref _thread)?.Join(patience) != false;

    private void Look()
    {
        answered(SourcePlatforms.WhyUnavailable(noise));
        Volatile.Write(ref _ended, time.GetTimestamp());
    }
}
