namespace OpenEntropy.Server.Assessment;

/// <summary>What earlier runs of the service assessed and recorded, brought back before the harvest begins.</summary>
/// <param name="pool">Lowers claims.</param>
/// <param name="history">The figures.</param>
/// <param name="shelf">The recordings.</param>
/// <param name="board">Shows which there are.</param>
/// <param name="logger">The log.</param>
internal sealed partial class PastAssessments(
    EntropyPool pool,
    AssessmentHistory history,
    RecordingShelf shelf,
    AssessmentBoard board,
    ILogger logger
)
{
    /// <summary>The lowest figure ever lowers a claim as it did then; the latest is the one that is shown.</summary>
    public void Recall()
    {
        history.Load();
        if (history.Problem is { } problem)
        {
            LogHistory(logger, problem);
        }

        foreach (var source in history.Names)
        {
            LookForRecording(source);
            var past = history.Find(source)!;
            pool.Assess(source, past.Minimum);
            pool.Assess(source, past.Latest.MinEntropy);
            if (pool.FindSource(source) is { LoweredBy: not null } status)
            {
                LogRemembered(logger, source, past.Minimum, status.ClaimedMinEntropy);
            }
        }
    }

    /// <summary>Notes on the board whether a recording of a source is kept, so that no request has to ask the disk.</summary>
    /// <param name="source">Its name.</param>
    public void LookForRecording(string source)
    {
        var recording = shelf.Find(source);
        board.Change(source, standing => standing with { Recording = recording });
    }

    [LoggerMessage(LogLevel.Warning, "Assessments: {Problem}", EventName = "assessments_unread")]
    private static partial void LogHistory(ILogger logger, string problem);

    [LoggerMessage(
        LogLevel.Warning,
        "Source {Source}: was assessed at {Minimum} bits per sample by an earlier run of the service, so that it earns {Claim:0.####}",
        EventName = "claim_remembered"
    )]
    private static partial void LogRemembered(ILogger logger, string source, double minimum, double claim);
}
