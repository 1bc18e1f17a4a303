using OpenEntropy.Noise;

namespace OpenEntropy.Evidence.Correlation;

/// <summary>Measures every pair of sources; no more than two are open at a time, so that no idle one disturbs the others.</summary>
/// <param name="window">How long a pair collects.</param>
/// <param name="progress">Told of each pair.</param>
internal sealed class AllPairs(TimeSpan window, Action<SourcePair> progress)
{
    private readonly Dictionary<string, string> _hanging = new(StringComparer.Ordinal);
    private PairMeasurement _measurement = new(window);

    /// <summary>Measures them.</summary>
    /// <param name="sources">The sources, closed.</param>
    public IReadOnlyList<SourcePair> Measure(IReadOnlyList<NoiseSource> sources)
    {
        var pairs = new List<SourcePair>();
        for (var i = 0; i + 1 < sources.Count; i++)
        {
            TimedSource? open = null;
            try
            {
                for (var j = i + 1; j < sources.Count; j++)
                {
                    pairs.Add(Pair(sources[i], ref open, sources[j]));
                    progress(pairs[^1]);
                }
            }
            finally
            {
                open?.Dispose();
            }
        }

        return pairs;
    }

    /// <summary>The first source of a pair stays open for the next, unless something failed.</summary>
    private SourcePair Pair(NoiseSource first, ref TimedSource? x, NoiseSource second)
    {
        var pair = new SourcePair { X = first.Info.Name, Y = second.Info.Name };
        if ((_hanging.GetValueOrDefault(pair.X) ?? _hanging.GetValueOrDefault(pair.Y)) is { } hangs)
            return pair with { Failure = hangs };
        TimedSource? y = null;
        try
        {
            x ??= TimedSource.Open(first);
            y = TimedSource.Open(second);
            var (atOnce, before, inTurns) = _measurement.Measure(x, y);
            return pair with { AtOnce = atOnce, First = before, InTurns = inTurns };
        }
        catch (NoiseSourceException failure)
        {
            NoteHanging(pair.X, x);
            NoteHanging(pair.Y, y);
            x?.Dispose();
            x = null;
            return pair with { Failure = failure.Message.TrimEnd('.') };
        }
        finally
        {
            y?.Dispose();
        }
    }

    /// <summary>A source that hangs is not opened again, and what it may yet write to is left to it.</summary>
    private void NoteHanging(string name, TimedSource? source)
    {
        if (source?.IsHanging != true)
            return;
        _hanging[name] = $"{name} hangs";
        _measurement = new PairMeasurement(window);
    }
}
