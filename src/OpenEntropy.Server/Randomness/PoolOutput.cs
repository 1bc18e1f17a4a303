namespace OpenEntropy.Server.Randomness;

/// <summary>Which of the pool's outputs is asked for.</summary>
internal enum PoolOutput
{
    /// <summary>Generator output.</summary>
    Drbg,

    /// <summary>Entropy-limited output.</summary>
    Limited,

    /// <summary>Raw samples.</summary>
    Raw,

    /// <summary>Raw samples through the von Neumann extractor.</summary>
    VonNeumann,
}
