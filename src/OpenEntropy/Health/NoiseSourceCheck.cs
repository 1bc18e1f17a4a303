using OpenEntropy.Noise;

namespace OpenEntropy.Health;

/// <summary>Refuses what no noise source may say of itself, be it the catalog's or the caller's own. Nothing is repaired.</summary>
internal static class NoiseSourceCheck
{
    /// <summary>A deadline past this is none: nobody would hear within the hour that the source hangs.</summary>
    public static readonly TimeSpan LongestDeadline = TimeSpan.FromHours(1);

    private const double SampleBits = 8;

    /// <summary>Checks what is fixed about a source.</summary>
    /// <param name="info">The source.</param>
    /// <exception cref="EntropyConfigurationException">A figure is out of its range; the message names the source.</exception>
    public static void Check(NoiseSourceInfo info)
    {
        if (string.IsNullOrWhiteSpace(info.Name))
            throw Refused("a noise source has no name");
        if (!(info.ClaimedMinEntropy >= 0 && info.ClaimedMinEntropy <= EntropyClaim.Maximum))
            throw Refused($"{info.Name} claims {info.ClaimedMinEntropy:0.###} bit per sample; a claim is 0 to 1/3");
        if (info.TestMinEntropy is { } test && !(test > 0 && test <= SampleBits))
            throw Refused($"{info.Name} declares {test:0.###} bit per sample for its health tests; a sample has more than 0 and at most 8");
        if (info.Deadline <= TimeSpan.Zero || info.Deadline > LongestDeadline)
            throw Refused($"{info.Name} has the deadline {info.Deadline}; it must be above zero and at most an hour");
        if (info.SharesCredit is not null && string.IsNullOrWhiteSpace(info.SharesCredit))
            throw Refused($"{info.Name} shares its credit with a group without a name");
        if (info.Threads < 1)
            throw Refused($"{info.Name} says it runs on {info.Threads} threads; it is at least 1");
    }

    private static EntropyConfigurationException Refused(string problem) => new(nameof(EntropyPoolOptions.AdditionalSources), problem);
}
