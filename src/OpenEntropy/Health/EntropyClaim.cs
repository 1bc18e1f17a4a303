using OpenEntropy.Noise;

namespace OpenEntropy.Health;

/// <summary>What is claimed of a source, and the cutoffs that follow from it.</summary>
internal static class EntropyClaim
{
    /// <summary>The most that any source may claim: 1/3 bit per sample, as jitterentropy credits.</summary>
    public const double Maximum = 1.0 / 3;

    /// <summary>H in bits per sample; 0 for a source that earns nothing.</summary>
    /// <param name="info">The source.</param>
    /// <param name="creditVendors">Whether the operator credits vendors' generators.</param>
    public static double Of(NoiseSourceInfo info, bool creditVendors) =>
        info.Origin switch
        {
            NoiseOrigin.Measured => info.ClaimedMinEntropy,
            NoiseOrigin.Vendor when creditVendors => Maximum,
            _ => 0,
        };

    /// <summary>The cutoffs for the claim, or for the declared test entropy of a source without one; null: watched for total failure only.</summary>
    /// <param name="info">The source.</param>
    /// <param name="claim">Its claim, bits per sample.</param>
    /// <param name="options">The values of α.</param>
    /// <exception cref="EntropyConfigurationException">A cutoff exceeds the window, so that the test could never fire.</exception>
    public static HealthCutoffs? Cutoffs(NoiseSourceInfo info, double claim, HealthOptions options)
    {
        var entropy = claim > 0 ? claim : info.TestMinEntropy;
        if (entropy is not { } bits)
            return null;

        var cutoffs = HealthCutoffs.Derive(bits, options);
        return cutoffs.CanFire
            ? cutoffs
            : throw new EntropyConfigurationException(
                $"{HealthOptions.Section}:{nameof(HealthOptions.PermanentAlphaExponent)}",
                $"at 2^-{options.PermanentAlphaExponent} the adaptive proportion test of {info.Name} ({bits:0.###} bit per sample) could never fire: "
                    + $"its cutoff {cutoffs.ProportionPermanent} exceeds the window of {HealthCutoffs.Window}; lower the exponent"
            );
    }
}
