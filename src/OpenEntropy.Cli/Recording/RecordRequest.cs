namespace OpenEntropy.Cli.Recording;

/// <summary>What <c>record</c> was asked for.</summary>
/// <param name="Sources">The terms of the selection.</param>
/// <param name="Samples">Samples of each source.</param>
/// <param name="Duration">When it is over; null: when the samples are there.</param>
/// <param name="Output">The session's folder.</param>
/// <param name="Force">Whether a session there may be replaced.</param>
/// <param name="IsJson">Whether JSON is written.</param>
internal sealed record RecordRequest(
    IReadOnlyList<string> Sources,
    int Samples,
    TimeSpan? Duration,
    string Output,
    bool Force,
    bool IsJson
);
