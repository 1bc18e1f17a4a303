using OpenEntropy.Health;

namespace OpenEntropy.Harvest;

/// <summary>
/// Whose turn comes next. The sources that earn quickly go round; after each of their rounds one of the others has a turn, so that slow and
/// uncredited sources are tested and mixed without costing most of the time. Sources on trial stand in an order of their own, those first that can
/// earn and are not silent.
/// </summary>
/// <param name="sources">The sources, in catalog order.</param>
internal sealed class TurnOrder(IReadOnlyList<EntropySource> sources)
{
    /// <summary>A source that could earn less than this share of what the best could, in the same time, is one of the others.</summary>
    private const double LeastShare = 1.0 / 8;

    /// <summary>The share of the time for which the harvest waits for those of the others that take long.</summary>
    private const double LongShare = 0.2;

    /// <summary>A source that gives fewer samples per second than this takes long: one operation lasts several turns.</summary>
    private const double LongRate = 250;

    /// <summary>So does one whose turns last longer than this, however many samples it then gives.</summary>
    private static readonly TimeSpan s_longTurn = TimeSpan.FromMilliseconds(25);

    private CpuBudget _long = new(LongShare);
    private int _nextQuick;
    private int _nextOther;
    private int _nextTrial;

    /// <summary>The next source on trial that can take a turn; null where none can.</summary>
    /// <param name="first">Only one whose speed was never measured.</param>
    /// <param name="room">The most processors that it may keep busy; one that takes several is content with one.</param>
    public int? NextTrial(bool first = false, double room = 1) =>
        Trial(preferred: true, first, room) ?? Trial(preferred: false, first, room);

    /// <summary>
    /// The source on trial that will be ready last: so the start-up tests of many are over soonest. One of which nothing is known yet comes before
    /// all. It is no order for ever: a source that fails again and again would keep all others waiting.
    /// </summary>
    /// <param name="room">The most processors that it may keep busy; one that takes several is content with one.</param>
    public int? LongestTrial(double room)
    {
        int? longest = null;
        for (var i = 0; i < sources.Count; i++)
        {
            if (Math.Min(1, sources[i].Load) > room || sources[i].IsSilent || !MayBeTried(i))
                continue;
            if (longest is not { } other || sources[i].TrialLeft > sources[other].TrialLeft)
                longest = i;
        }

        return longest;
    }

    /// <summary>The next source that is healthy and can take a turn; null where none can.</summary>
    public int? Next()
    {
        var least = LeastShare * Best();
        if (Quick(_nextQuick, least) is { } quick)
            return quick;
        _nextQuick = 0;
        return Other(least) ?? Quick(0, least);
    }

    /// <summary>A turn has ended; a long one that was waited for is not followed by the next of its kind at once.</summary>
    /// <param name="source">The source's index.</param>
    /// <param name="elapsed">How long the harvest was busy with it.</param>
    public void Taken(int source, TimeSpan elapsed)
    {
        if (IsLong(source))
            _long.Spend(elapsed);
    }

    /// <summary>What the best of those that work could earn.</summary>
    private double Best()
    {
        double best = 0;
        for (var i = 0; i < sources.Count; i++)
        {
            if (sources[i].State == SourceState.Healthy)
                best = Math.Max(best, sources[i].PotentialBitsPerSecond);
        }

        return best;
    }

    private int? Trial(bool preferred, bool first, double room)
    {
        for (var k = 0; k < sources.Count; k++)
        {
            var i = (_nextTrial + k) % sources.Count;
            var source = sources[i];
            if ((first && source.IsMeasured) || Math.Min(1, source.Load) > room || IsPreferred(source) != preferred || !MayBeTried(i))
                continue;
            _nextTrial = i + 1;
            return i;
        }

        return null;
    }

    private bool MayBeTried(int source) =>
        sources[source] is var one && !one.AwaitsOpening && one.IsInTrial && !one.IsCollecting && one.CanTakeTurn(forRaw: false);

    private int? Quick(int from, double least)
    {
        for (var i = from; i < sources.Count; i++)
        {
            if (!IsReady(i) || !IsQuick(i, least) || !sources[i].CanTakeTurn(forRaw: false))
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
            if (!IsReady(i) || IsQuick(i, least) || (IsLong(i) && _long.Wait > TimeSpan.Zero))
                continue;
            if (!sources[i].CanTakeTurn(forRaw: false))
                continue;
            _nextOther = i + 1;
            return i;
        }

        return null;
    }

    /// <summary>One in which nothing happens would stand in the way of all others for ever.</summary>
    private static bool IsPreferred(EntropySource source) => source.MinEntropy > 0 && !source.IsSilent;

    /// <summary>Where nothing that earns works, nobody is quick: what earns nothing has its turns one by one.</summary>
    private bool IsQuick(int source, double least) => sources[source].PotentialBitsPerSecond is var bits && bits > 0 && bits >= least;

    private bool IsReady(int source) => sources[source].State == SourceState.Healthy && !sources[source].IsCollecting;

    /// <summary>Only a source that earns is waited for.</summary>
    private bool IsLong(int source) =>
        sources[source].Earns && (sources[source].SamplesPerSecond < LongRate || sources[source].LastTurn > s_longTurn);
}
