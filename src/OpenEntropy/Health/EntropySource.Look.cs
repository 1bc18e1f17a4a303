using OpenEntropy.Noise;

namespace OpenEntropy.Health;

/// <content>Whether this machine has it: asked at the start, at each <see cref="Enable"/>, and from time to time where the selection took it.</content>
internal sealed partial class EntropySource
{
    /// <summary>How long an operator who enables it is kept waiting for the answer.</summary>
    private static readonly TimeSpan s_lookPatience = TimeSpan.FromSeconds(0.5);

    private readonly SourceLook _look;
    private readonly bool _selected;
    private volatile bool _wanted;
    private string _whenFound = "not started yet";

    /// <summary>Waits until it is known whether this machine has it.</summary>
    /// <param name="patience">How long at most; it is unavailable for as long as there is no answer.</param>
    /// <returns>False where there is none yet.</returns>
    public bool AwaitLook(TimeSpan patience) => _look.Wait(patience);

    /// <summary>
    /// Looks again whether the machine has what it lacked, where the selection took it and no operator switched it off: it then starts by itself.
    /// Returns at once.
    /// </summary>
    /// <param name="interval">How old the last answer must be.</param>
    public void LookAgain(TimeSpan interval)
    {
        if (_wanted && State == SourceState.Unavailable && _look.IsDue(interval))
            _look.Begin();
    }

    private void OnLooked(string? why)
    {
        lock (_gate)
        {
            if (State != SourceState.Unavailable)
                return;
            _judge.Look(why, _wanted ? _whenFound : null);
            _whenFound = "it came after the start";
            _lastCame = _time.GetTimestamp();
        }

        Changed?.Invoke();
    }
}
