namespace OpenEntropy.Server.Hardening;

/// <summary>What the process keeps others from.</summary>
internal sealed class HardeningOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenEntropy:Hardening";

    /// <summary>
    /// Whether the process may be dumped and traced, for who looks for a defect: a dump holds passphrases, keys and what was served. Default false.
    /// </summary>
    public bool AllowCoreDumps { get; set; }
}
