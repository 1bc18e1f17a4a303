namespace OpenEntropy.Noise;

/// <summary>How many samples a source is asked for, so that its turn lasts about as long as it should.</summary>
internal static class TurnLength
{
    /// <summary>Samples of the first turn.</summary>
    public const int First = 64;

    /// <summary>The most samples in one turn.</summary>
    public const int Maximum = 4096;

    /// <summary>How many times the last turn's samples the next may have, so that one lucky turn does not make the next one long.</summary>
    public const int Growth = 2;

    /// <summary>The same in a start-up test, which nobody waits for and which should be over in few turns.</summary>
    public const int TrialGrowth = 16;

    /// <summary>Samples of the first turn: no more than should fit into it by what the opening's one sample took.</summary>
    /// <param name="sample">How long that took.</param>
    /// <param name="target">How long a turn should last.</param>
    public static int AfterOpening(TimeSpan sample, TimeSpan target) =>
        sample <= TimeSpan.Zero ? First : Math.Clamp((int)Math.Min(target / sample, First), 1, First);

    /// <summary>Samples of the next turn.</summary>
    /// <param name="last">The last collection.</param>
    /// <param name="target">How long a turn should last.</param>
    /// <param name="growth">How many times the last turn's samples it may have.</param>
    public static int Next(Collection last, TimeSpan target, int growth = Growth)
    {
        var perSample = last.Elapsed / last.Count;
        var most = (double)last.Count * growth;
        return (int)Math.Clamp(perSample <= TimeSpan.Zero ? most : Math.Min(target / perSample, most), 1, Maximum);
    }
}
