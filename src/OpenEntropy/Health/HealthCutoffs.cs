namespace OpenEntropy.Health;

/// <summary>The cutoffs C of the two continuous tests for one claim H (SP 800-90B, 4.4.1 and 4.4.2).</summary>
public sealed record HealthCutoffs
{
    /// <summary>W of the adaptive proportion test for 8-bit samples, in samples.</summary>
    public const int Window = 512;

    /// <summary>Min-entropy H the cutoffs are derived from, bits per sample.</summary>
    public required double MinEntropy { get; init; }

    /// <summary>Repetition count at which an intermittent failure is declared.</summary>
    public required int RepetitionIntermittent { get; init; }

    /// <summary>Repetition count at which a permanent failure is declared.</summary>
    public required int RepetitionPermanent { get; init; }

    /// <summary>Count in a window at which an intermittent failure is declared.</summary>
    public required int ProportionIntermittent { get; init; }

    /// <summary>Count in a window at which a permanent failure is declared.</summary>
    public required int ProportionPermanent { get; init; }
}
