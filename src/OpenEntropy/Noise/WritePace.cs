using System.Diagnostics;

namespace OpenEntropy.Noise;

/// <summary>
/// How often a source may write to a device that wears: a store of writes for the start-up tests and for short demand, refilled at a steady rate.
/// It belongs to the source, not to an opening, so that opening it again fills nothing.
/// </summary>
/// <param name="perSecond">Writes a second in the long run.</param>
/// <param name="store">The most writes in a row.</param>
internal struct WritePace(double perSecond, int store)
{
    private readonly double _perTick = perSecond / Stopwatch.Frequency;
    private double _left = store;
    private long _last;

    /// <summary>Takes one write from the store, where there is one.</summary>
    /// <param name="now">The counter's reading, in ticks of <see cref="TickCounter"/>.</param>
    /// <returns>0 where the write may be made; otherwise how many ticks until one may, and nothing is taken.</returns>
    public long Take(long now)
    {
        if (_last != 0)
            _left = Math.Min(store, _left + ((now - _last) * _perTick));
        _last = now;
        if (_left < 1)
            return (long)Math.Ceiling((1 - _left) / _perTick);
        _left--;
        return 0;
    }
}
