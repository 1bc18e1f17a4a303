using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Audit;

/// <summary>Which of the pool's outputs was drawn.</summary>
internal enum AuditQuality
{
    /// <summary>None, or it is not known.</summary>
    None,

    /// <summary>Generator output.</summary>
    Drbg,

    /// <summary>Entropy-limited output.</summary>
    Limited,

    /// <summary>Raw samples, also through an extractor.</summary>
    Raw,
}

/// <summary>Qualities as the log names them.</summary>
internal static class AuditQualities
{
    private static readonly string?[] s_names = [null, "drbg", "limited", "raw"];

    /// <summary>The name; null for none.</summary>
    /// <param name="quality">The quality.</param>
    public static string? Name(this AuditQuality quality) => s_names[(int)quality];

    /// <summary>The quality of an output.</summary>
    /// <param name="output">The output.</param>
    public static AuditQuality Of(PoolOutput output) =>
        output switch
        {
            PoolOutput.Drbg => AuditQuality.Drbg,
            PoolOutput.Limited => AuditQuality.Limited,
            _ => AuditQuality.Raw,
        };
}
