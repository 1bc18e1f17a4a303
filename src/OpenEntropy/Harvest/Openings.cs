using OpenEntropy.Health;
using OpenEntropy.Noise;

namespace OpenEntropy.Harvest;

/// <summary>
/// Closes the devices of sources that are off and opens those of sources that are on, as many at a time as there are processors: an opening warms its
/// source up, and with dozens at once the first would be done no sooner than the last. Those that earn by computing come first: with them blocks can be
/// made. Then come all others from the catalog's end, so that what waits for another processor, a disk or the network does so while the rest is
/// opened. It belongs to the harvest thread.
/// </summary>
/// <param name="sources">The sources, in catalog order.</param>
/// <param name="lookInterval">How often it looks for those that the machine lacked.</param>
internal sealed class Openings(IReadOnlyList<EntropySource> sources, TimeSpan lookInterval)
{
    private readonly int[] _order =
    [
        .. Enumerable
            .Range(0, sources.Count)
            .OrderByDescending(i => sources[i].MinEntropy > 0 && sources[i].Info.Category >= NoiseCategory.Silicon)
            .ThenByDescending(i => sources[i].Info.Category)
            .ThenByDescending(i => sources[i].MinEntropy > 0)
            .ThenBy(i => i),
    ];

    /// <summary>True while a source that is on waits until another's opening ends.</summary>
    public bool AnyWaits => Array.Exists(_order, i => sources[i].AwaitsOpening);

    /// <summary>Begins what is due, also looks for what was not there. Returns at once.</summary>
    public void Tend()
    {
        var free = Environment.ProcessorCount;
        foreach (var i in _order)
            free -= sources[i].IsOpening ? 1 : 0;
        foreach (var i in _order)
        {
            var source = sources[i];
            source.LookAgain(lookInterval);
            if (source.State == SourceState.Unavailable || (source.AwaitsOpening && free-- <= 0))
                continue;
            source.CanTakeTurn(forRaw: false);
        }
    }
}
