namespace OpenEntropy.Server.Assessment;

/// <summary>Why a source was assessed.</summary>
internal enum AssessmentTrigger
{
    /// <summary>Its turn had come.</summary>
    Automatic,

    /// <summary>An operator asked.</summary>
    Requested,
}

/// <summary>What one assessment of one recording gave. Entropies are in bits per sample, of the bit string in bits per bit.</summary>
internal sealed record AssessedFigure
{
    /// <summary>When the assessment was done, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The assessment: the least of all estimates.</summary>
    public required double MinEntropy { get; init; }

    /// <summary>H_original, from the symbols.</summary>
    public double? HOriginal { get; init; }

    /// <summary>H_bitstring, bits per bit.</summary>
    public double? HBitstring { get; init; }

    /// <summary>Samples of the recording.</summary>
    public required int Samples { get; init; }

    /// <summary>Why it was done.</summary>
    public AssessmentTrigger Trigger { get; init; }

    /// <summary>SHA-256 of the recording.</summary>
    public string? Sha256 { get; init; }

    /// <summary>True where the recording holds fewer samples than SP 800-90B, 3.1.1 asks for.</summary>
    public bool IsShort => Samples < AssessmentOptions.StandardSamples;
}
