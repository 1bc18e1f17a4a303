namespace OpenEntropy.Health;

/// <summary>How quickly a source gives samples, as measured on this machine; the selections <c>fast</c> and <c>slow</c> go by it.</summary>
public enum SourceSpeed
{
    /// <summary>Not measured yet.</summary>
    Unknown,

    /// <summary>It collects the 1,024 samples of a start-up test in less than half a second.</summary>
    Fast,

    /// <summary>It takes longer.</summary>
    Slow,
}
