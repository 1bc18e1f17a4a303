using System.Diagnostics;
using OpenEntropy.Noise;

namespace OpenEntropy.Evidence.Correlation;

/// <summary>Measures how much two open sources go together.</summary>
/// <param name="window">How long both collect at once, and in turns as well.</param>
internal sealed class PairMeasurement(TimeSpan window)
{
    /// <summary>How much longer the repeat of a suspect pair is.</summary>
    public const int RepeatWindows = 3;

    /// <summary>The most windows of a slow pair.</summary>
    public const int MaximumWindows = 24;

    /// <summary>A slow pair has further windows up to these many pairs, and one that is undecided then more of them.</summary>
    public const int EnoughPairs = 5_000;

    /// <summary>The most windows' time in turns, which are shown and decide nothing.</summary>
    private const int MaximumTurnWindows = 6;

    /// <summary>Of more pairs in a window every so-manyth is kept.</summary>
    public const int MaximumPairs = 32_768;

    private const int Capacity = 1 << 20;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(1); // the service's

    private readonly TimedSeries _x = new(Capacity);
    private readonly TimedSeries _y = new(Capacity);

    /// <summary>Measures a pair.</summary>
    /// <param name="x">One source.</param>
    /// <param name="y">The other.</param>
    /// <exception cref="NoiseSourceException">One of them failed.</exception>
    public (PairFigures AtOnce, PairFigures? First, PairFigures InTurns) Measure(TimedSource x, TimedSource y)
    {
        CollectAtOnce(x, y, s_warmUp);
        var figures = AtOnce(x, y, EnoughPairs, atLeast: 1);
        PairFigures? first = null;
        if (figures.IsSuspect)
            (first, figures) = (figures, AtOnce(x, y, RepeatWindows * EnoughPairs, RepeatWindows));
        return (figures, first, InTurns(x, y));
    }

    private PairFigures AtOnce(TimedSource x, TimedSource y, int enough, int atLeast)
    {
        var statistics = new PairStatistics();
        PairFigures figures;
        var windows = 0;
        do
        {
            do AddWindow(x, y, statistics);
            while (++windows < atLeast || (windows < atLeast * MaximumWindows && statistics.Count < enough));
            figures = statistics.Figures();
            enough = 2 * statistics.Count;
        } while (!figures.IsDecided && windows < atLeast * MaximumWindows);

        return figures;
    }

    private void AddWindow(TimedSource x, TimedSource y, PairStatistics statistics)
    {
        CollectAtOnce(x, y, window);
        var pairs = Pairing.Nearest(_x.Times, _y.Times);
        var kept = Math.Min(pairs.Count, MaximumPairs);
        for (var i = 0; i < kept; i++)
        {
            var (atX, atY) = pairs[(int)((long)i * pairs.Count / kept)];
            Add(statistics, x, atX, y, atY);
        }
    }

    private void CollectAtOnce(TimedSource x, TimedSource y, TimeSpan length)
    {
        _x.Clear();
        _y.Clear();
        var until = Stopwatch.GetTimestamp() + Ticks(length);
        x.Begin(_x, until);
        y.Begin(_y, until);
        Wait(x, y, length);
    }

    private PairFigures InTurns(TimedSource x, TimedSource y)
    {
        var statistics = new PairStatistics();
        var start = Stopwatch.GetTimestamp();
        for (var turns = 0; Enough(turns, statistics.Count, Stopwatch.GetElapsedTime(start)); turns++)
        {
            Turn(x, _x);
            Turn(y, _y);
            foreach (var (atX, atY) in Pairing.InTurns(_x.Count, _y.Count))
                Add(statistics, x, atX, y, atY);
        }

        return statistics.Figures();
    }

    private bool Enough(int turns, int pairs, TimeSpan elapsed) =>
        turns == 0 || elapsed < window || (pairs < EnoughPairs && elapsed < window * MaximumTurnWindows);

    private static void Turn(TimedSource source, TimedSeries into)
    {
        into.Clear();
        source.Begin(into, Stopwatch.GetTimestamp() + Ticks(s_turn));
        source.Wait(s_turn);
    }

    /// <summary>Waits for both, also where the first of them failed: neither series may be touched while the other runs.</summary>
    private static void Wait(TimedSource x, TimedSource y, TimeSpan usual)
    {
        try
        {
            x.Wait(usual);
        }
        finally
        {
            y.Wait(usual);
        }
    }

    private void Add(PairStatistics statistics, TimedSource x, int atX, TimedSource y, int atY)
    {
        var (valueX, valueY) = (_x.Values[atX], _y.Values[atY]);
        statistics.Add((x.Sample(valueX), valueX), (y.Sample(valueY), valueY));
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
