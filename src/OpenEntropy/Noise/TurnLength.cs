namespace OpenEntropy.Noise;

/// <summary>How many samples a source is asked for, so that its turn lasts about as long as it should.</summary>
internal static class TurnLength
{
    /// <summary>Samples of the first turn.</summary>
    public const int First = 16;

    /// <summary>The most samples in one turn.</summary>
    public const int Maximum = 4096;

    /// <summary>Samples of the next turn; at most twice the last, so that one lucky turn does not make the next one long.</summary>
    /// <param name="last">The last collection.</param>
    /// <param name="target">How long a turn should last.</param>
    public static int Next(Collection last, TimeSpan target)
    {
        var perSample = last.Elapsed / last.Count;
        return perSample <= TimeSpan.Zero
            ? Math.Min(last.Count * 2, Maximum)
            : Math.Clamp((int)Math.Min(target / perSample, last.Count * 2.0), 1, Maximum);
    }
}
