using OpenEntropy.Health;

namespace OpenEntropy.Harvest;

/// <summary>
/// Whose turn comes next. The sources that earn quickly go round; after each of their rounds one of the others has a turn, so that slow and
/// uncredited sources are tested and mixed without costing most of the time.
/// </summary>
/// <param name="sources">The sources, in catalog order.</param>
internal sealed class TurnOrder(IReadOnlyList<EntropySource> sources)
{
    /// <summary>A source that could earn less than this share of what the best could, in the same time, is one of the others.</summary>
    private const double LeastShare = 1.0 / 32;

    private int _nextQuick;
    private int _nextOther;

    /// <summary>Asks every source to open, side by side.</summary>
    public void OpenAll()
    {
        foreach (var source in sources)
            source.CanTakeTurn(forRaw: false);
    }

    /// <summary>The next source that can take a turn for the pool; null where none can.</summary>
    public int? Next()
    {
        var least = LeastShare * Best();
        if (Quick(_nextQuick, least) is { } quick)
            return quick;
        _nextQuick = 0;
        return Other(least) ?? Quick(0, least);
    }

    /// <summary>What the best of those that work could earn. A source that was never measured sets no standard; itself it goes round until it is.</summary>
    private double Best()
    {
        double best = 0;
        for (var i = 0; i < sources.Count; i++)
        {
            var rate = sources[i].PotentialBitsPerSecond;
            if (double.IsFinite(rate) && rate > best && sources[i].State is SourceState.Starting or SourceState.Healthy)
                best = rate;
        }

        return best;
    }

    private int? Quick(int from, double least)
    {
        for (var i = from; i < sources.Count; i++)
        {
            if (sources[i].PotentialBitsPerSecond < least || !sources[i].CanTakeTurn(forRaw: false))
                continue;
            _nextQuick = i + 1;
            return i;
        }

        return null;
    }

    private int? Other(double least)
    {
        for (var k = 0; k < sources.Count; k++)
        {
            var i = (_nextOther + k) % sources.Count;
            if (sources[i].PotentialBitsPerSecond >= least || !sources[i].CanTakeTurn(forRaw: false))
                continue;
            _nextOther = i + 1;
            return i;
        }

        return null;
    }
}
