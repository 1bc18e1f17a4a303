namespace OpenEntropy.Http;

/// <summary>What kind of bytes is asked for.</summary>
public enum RandomConditioning
{
    /// <summary>Output of the generator: computationally secure, at any rate.</summary>
    Drbg,

    /// <summary>Every bit backed by credited entropy: seed blocks XOR generator output.</summary>
    Limited,

    /// <summary>Untouched samples of one source, or the byte-wise XOR of several, where the operator allows it.</summary>
    Raw,

    /// <summary>Raw samples through von Neumann's extractor.</summary>
    VonNeumann,
}
