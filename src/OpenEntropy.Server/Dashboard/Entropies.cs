namespace OpenEntropy.Server.Dashboard;

/// <summary>Three entropies of a histogram, bits per byte, 0 to 8. For display: credit never uses them.</summary>
/// <param name="Shannon">Shannon entropy.</param>
/// <param name="Min">Min-entropy of the most common value.</param>
/// <param name="Collision">Rényi entropy of order 2.</param>
internal readonly record struct Entropies(double Shannon, double Min, double Collision)
{
    private const int Digits = 4;

    /// <summary>The mean over the sources that are healthy and earn credit; null where none is.</summary>
    /// <param name="status">The accounts.</param>
    public static Entropies? OfRaw(EntropyPoolStatus status)
    {
        var (shannon, min, collision, count) = (0.0, 0.0, 0.0, 0);
        foreach (var source in status.Sources)
        {
            if (source is { Healthy: true, ClaimedMinEntropy: > 0, Samples: > 0 })
            {
                shannon += source.ShannonEntropy;
                min += source.MostCommonValueEntropy;
                collision += source.CollisionEntropy;
                count++;
            }
        }

        return count == 0 ? null : Of(shannon / count, min / count, collision / count);
    }

    /// <summary>Rounded to what is worth showing.</summary>
    public static Entropies Of(double shannon, double min, double collision) =>
        new(Math.Round(shannon, Digits), Math.Round(min, Digits), Math.Round(collision, Digits));
}
