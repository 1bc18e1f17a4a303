using System.ComponentModel.DataAnnotations;

namespace OpenEntropy.Health;

/// <summary>The false-alarm probabilities α of the continuous health tests (SP 800-90B, 4.4): per sample (4.4.1) and per window (4.4.2).</summary>
public sealed class HealthOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenEntropy:Health";

    /// <summary>−log2 α of an intermittent failure, 20 to 60. Default 40: at a million samples a second one false alarm in 13 days.</summary>
    [Range(20, 60)]
    public int IntermittentAlphaExponent { get; set; } = 40;

    /// <summary>−log2 α of a permanent failure, 30 to 62, above the intermittent one. Default 60. Beyond, the least claims leave no cutoff within the window.</summary>
    [Range(30, 62)]
    public int PermanentAlphaExponent { get; set; } = 60;
}
