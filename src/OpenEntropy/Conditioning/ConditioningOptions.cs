using System.ComponentModel.DataAnnotations;

namespace OpenEntropy.Conditioning;

/// <summary>How tested samples become seed blocks.</summary>
public sealed class ConditioningOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenEntropy:Conditioning";

    /// <summary>The vetted hash: SHA-256, SHA-384, SHA-512, SHA3-256, SHA3-384 or SHA3-512. Default SHA-384.</summary>
    [AllowedValues("SHA-256", "SHA-384", "SHA-512", "SHA3-256", "SHA3-384", "SHA3-512")]
    public string Hash { get; set; } = "SHA-384";

    /// <summary>
    /// How many of a block's largest contributors are left out when its entropy is counted, 0 to 3. Default 1: a block keeps its entropy when
    /// any one source turns out to have none. 0 accepts a single source.
    /// </summary>
    [Range(0, 3)]
    public int LeaveOut { get; set; } = 1;
}
