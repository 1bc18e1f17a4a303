namespace OpenEntropy.Server.Dashboard;

/// <summary>The entropies of one source, or of the whole, over 24 hours: finer the nearer they are. 14,760 bytes.</summary>
internal sealed class EntropyCurve
{
    private readonly EntropyRing[] _rings = [new(step: 1, slots: 300), new(5, 720), new(30, 720), new(120, 720)];

    /// <summary>Bytes of the values.</summary>
    public int Bytes => _rings.Sum(ring => ring.Bytes);

    /// <summary>Seconds between the points of a span: those of the finest ring that holds it.</summary>
    /// <param name="seconds">The span.</param>
    public static int StepOf(int seconds) =>
        seconds switch
        {
            <= 300 => 1,
            <= 3600 => 5,
            <= 21_600 => 30,
            _ => 120,
        };

    /// <summary>Adds what was measured in a second.</summary>
    /// <param name="second">Seconds since the start, never fewer than before.</param>
    /// <param name="entropies">The entropies.</param>
    public void Add(long second, Entropies entropies)
    {
        foreach (var ring in _rings)
        {
            ring.Add(second, entropies);
        }
    }

    /// <summary>The points of a span, the latest last; null where nothing is known.</summary>
    /// <param name="last">The slot of this moment.</param>
    /// <param name="step">From <see cref="StepOf"/>.</param>
    /// <param name="points">How many.</param>
    public IEnumerable<Entropies?> Read(long last, int step, int points)
    {
        var ring = Array.Find(_rings, each => each.Step == step)!;
        for (var slot = last - points + 1; slot <= last; slot++)
        {
            yield return ring.At(slot);
        }
    }
}
