namespace OpenEntropy.Noise;

/// <summary>How long the turns of one source usually last, and which of them spanned a stop of the process or the machine.</summary>
internal struct UsualTurn
{
    /// <summary>
    /// Far more than the doubling from turn to turn. The first turn, and those of a start-up test, grow faster; they aim at a time that is well below
    /// the shortest stop (<see cref="TurnLength.AfterOpening"/>).
    /// </summary>
    private const int Factor = 20;

    /// <summary>
    /// Longer than a scheduler gives a few others before it is our turn again (3 to 4 ms each), and than a turn of a start-up test, which aims at
    /// 20 ms. Where it does take longer, a dropped turn of a millisecond costs little beside the 40 that were
    /// waited for, so a busy machine is slowed by a fortieth at most, not starved.
    /// </summary>
    private static readonly TimeSpan s_shortestStop = TimeSpan.FromMilliseconds(40);

    private const double Forgetting = 1.0 / 8;

    private TimeSpan _usual;
    private int _asked;

    /// <summary>Starts anew from the time the opening's first sample took.</summary>
    /// <param name="first">That time.</param>
    public void Start(TimeSpan first) => (_usual, _asked) = (first, 0);

    /// <summary>Takes note of a turn.</summary>
    /// <param name="elapsed">How long it took.</param>
    /// <param name="asked">Samples that were asked for.</param>
    /// <returns>True when it took so much longer than usual that the process or the machine must have stood still.</returns>
    public bool IsStop(TimeSpan elapsed, int asked)
    {
        var longest = _usual * Factor;
        var stop = elapsed > (longest > s_shortestStop ? longest : s_shortestStop);

        // Every turn counts, or a source that became slow for good would be dropped for good; yet none more than doubles what is usual, or
        // one long stop would hide the next. It falls slowly, so that a quick turn between slow ones does not make them stops; at once where
        // much less was asked for, or the long turns of a start-up test would hide the stops in the short ones after it.
        var forgetting = asked < _asked / 2 ? 1 : Forgetting;
        _usual = elapsed > _usual ? Shorter(elapsed, _usual + _usual) : _usual - ((_usual - elapsed) * forgetting);
        _asked = asked;
        return stop;
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
