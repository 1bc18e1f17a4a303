namespace OpenEntropy.Health;

/// <summary>What a continuous test says of one sample.</summary>
internal enum TestOutcome
{
    /// <summary>Below every cutoff.</summary>
    Pass,

    /// <summary>This sample reached the intermittent cutoff.</summary>
    Intermittent,

    /// <summary>This sample reached the permanent cutoff.</summary>
    Permanent,

    /// <summary>Past a cutoff that an earlier sample of the same run or window reached: still failing, already counted.</summary>
    StillFailing,
}
