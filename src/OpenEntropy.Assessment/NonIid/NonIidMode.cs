namespace OpenEntropy.Assessment.NonIid;

/// <summary>What an assessment is of.</summary>
public enum NonIidMode
{
    /// <summary>Raw samples: the initial entropy estimate H_I (SP 800-90B, 3.1.3), from the symbols and from their bit string.</summary>
    Initial,

    /// <summary>The output of a conditioning component that is not vetted: the estimate h' per bit (SP 800-90B, 3.1.5.2), from the bit string alone.</summary>
    Conditioned,
}
