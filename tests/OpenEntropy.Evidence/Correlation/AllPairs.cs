using OpenEntropy.Noise;

namespace OpenEntropy.Evidence.Correlation;

/// <summary>
/// Measures every pair of sources; no more than two are open at a time, so that no idle one disturbs the others. Each pair is of sources made for it:
/// one that spares a device has a store of writes, which the pairs before would have used up.
/// </summary>
/// <param name="window">How long a pair collects.</param>
/// <param name="make">Makes a source, closed.</param>
/// <param name="progress">Told of each pair.</param>
internal sealed class AllPairs(TimeSpan window, Func<string, NoiseSource> make, Action<SourcePair> progress)
{
    private readonly Dictionary<string, string> _hanging = new(StringComparer.Ordinal);
    private PairMeasurement _measurement = new(window);

    /// <summary>Measures them.</summary>
    /// <param name="sources">What is fixed about each.</param>
    public IReadOnlyList<SourcePair> Measure(IReadOnlyList<NoiseSourceInfo> sources)
    {
        var pairs = new List<SourcePair>();
        for (var i = 0; i + 1 < sources.Count; i++)
        {
            for (var j = i + 1; j < sources.Count; j++)
            {
                pairs.Add(
                    Measure(
                        new SourcePair
                        {
                            X = sources[i].Name,
                            Y = sources[j].Name,
                            Earns = Earn(sources[i], sources[j]),
                        }
                    )
                );
                progress(pairs[^1]);
            }
        }

        return pairs;
    }

    private static bool Earn(NoiseSourceInfo x, NoiseSourceInfo y) => x.ClaimedMinEntropy > 0 && y.ClaimedMinEntropy > 0;

    private SourcePair Measure(SourcePair pair)
    {
        if ((_hanging.GetValueOrDefault(pair.X) ?? _hanging.GetValueOrDefault(pair.Y)) is { } hangs)
            return pair with { Failure = hangs };
        TimedSource? x = null;
        TimedSource? y = null;
        try
        {
            x = TimedSource.Open(make(pair.X));
            y = TimedSource.Open(make(pair.Y));
            var (atOnce, before, inTurns) = _measurement.Measure(x, y);
            return pair with { AtOnce = atOnce, First = before, InTurns = inTurns };
        }
        catch (NoiseSourceException failure)
        {
            NoteHanging(pair.X, x);
            NoteHanging(pair.Y, y);
            return pair with { Failure = failure.Message.TrimEnd('.') };
        }
        finally
        {
            x?.Dispose();
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
