using OpenEntropy.Assessment;
using OpenEntropy.Assessment.NonIid;

namespace OpenEntropy.Server.Assessment;

/// <summary>Assesses a recording of one source and draws the consequences.</summary>
/// <param name="pool">Whose credit follows.</param>
/// <param name="run">The estimators.</param>
/// <param name="history">Remembers the figure.</param>
/// <param name="board">Told of the progress.</param>
/// <param name="time">Dates the figure.</param>
/// <param name="logger">The log.</param>
internal sealed partial class SourceAssessor(
    EntropyPool pool,
    AssessSamples run,
    AssessmentHistory history,
    AssessmentBoard board,
    TimeProvider time,
    ILogger logger
)
{
    private const double MaximumBits = 8;

    /// <summary>Runs the estimators on a recording; an assessment under twice the claim lowers the claim, and nothing raises it.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="trigger">Why it is assessed.</param>
    /// <param name="samples">The recording.</param>
    /// <param name="pace">Keeps it to its budget; its pauses end it when the service stops.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Assess(string source, AssessmentTrigger trigger, ReadOnlySpan<byte> samples, WorkPace pace)
    {
        if (samples.IndexOfAnyExcept(samples[0]) < 0)
        {
            // The estimators take no constant, but its worth is plain: the most common value has p = 1 (SP 800-90B, 6.3.1).
            LogConstant(logger, source, samples.Length, samples[0]);
            Conclude(source, assessment: null, Figure(trigger, samples) with { MinEntropy = 0 });
            return;
        }

        try
        {
            var options = new NonIidOptions { Parallelism = 1, Checkpoint = pace.Checkpoint };
            var assessment = run(SampleSet.FromSamples(samples), options);
            if (assessment.MinEntropy is >= 0 and <= MaximumBits)
            {
                Conclude(
                    source,
                    assessment,
                    Figure(trigger, samples) with
                    {
                        MinEntropy = assessment.MinEntropy,
                        HOriginal = assessment.HOriginal,
                        HBitstring = assessment.HBitstring,
                    }
                );
            }
            else
            {
                Skip(source, $"the estimators gave {assessment.MinEntropy} bits per sample, which cannot be");
            }
        }
        catch (AssessmentInputException exception)
        {
            Skip(source, exception.Message);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A defect of an estimator is no reason to stop serving; the source has no new figure, and its credit stays as it was.
            LogFailed(logger, source, exception);
            Skip(source, $"the assessment failed: {exception.Message}");
        }
    }

    /// <summary>Notes that a source has no figure.</summary>
    /// <param name="source">Its name.</param>
    /// <param name="why">One sentence.</param>
    /// <param name="isAlarm">True where an operator should look.</param>
    public void Skip(string source, string why, bool isAlarm = false)
    {
        board.Change(source, standing => standing with { State = StandingState.NotAssessed, Reason = why, Attempted = time.GetUtcNow() });
        LogSkipped(logger, isAlarm ? LogLevel.Warning : LogLevel.Information, source, why);
    }

    private AssessedFigure Figure(AssessmentTrigger trigger, ReadOnlySpan<byte> samples) =>
        new()
        {
            Time = time.GetUtcNow(),
            MinEntropy = 0,
            Samples = samples.Length,
            Trigger = trigger,
            Sha256 = RecordingShelf.Hash(samples),
        };

    private void Conclude(string source, NonIidAssessment? assessment, AssessedFigure figure)
    {
        var before = pool.FindSource(source)!;
        pool.Assess(source, figure.MinEntropy);
        var after = pool.FindSource(source)!;
        var problem = history.Add(source, figure);
        LogAssessed(logger, source, figure.MinEntropy, figure.Samples);
        if (figure.MinEntropy < 2 * before.Info.ClaimedMinEntropy)
        {
            LogUnder(logger, source, figure.MinEntropy, before.Info.ClaimedMinEntropy, before.ClaimedMinEntropy, after.ClaimedMinEntropy);
        }

        if (problem is not null)
        {
            LogNotWritten(logger, problem);
        }

        // Last: who sees the state finds everything else told.
        board.Change(
            source,
            standing =>
                standing with
                {
                    State = StandingState.Assessed,
                    Reason = null,
                    Attempted = figure.Time,
                    Last = assessment,
                    LastFigure = figure,
                }
        );
    }

    [LoggerMessage(
        LogLevel.Information,
        "Source {Source}: assessed at {MinEntropy} bits per sample from {Samples} samples",
        EventName = "source_assessed"
    )]
    private static partial void LogAssessed(ILogger logger, string source, double minEntropy, int samples);

    [LoggerMessage(
        LogLevel.Warning,
        "Source {Source}: assessed at {MinEntropy} bits per sample, under twice its claim of {Claim:0.####}; it earned {Before:0.####} and earns {After:0.####} from now on",
        EventName = "source_under_claim"
    )]
    private static partial void LogUnder(ILogger logger, string source, double minEntropy, double claim, double before, double after);

    [LoggerMessage(
        LogLevel.Warning,
        "Source {Source}: all {Samples} samples of its recording are {Sample}: it counts as 0 bits per sample",
        EventName = "source_constant"
    )]
    private static partial void LogConstant(ILogger logger, string source, int samples, byte sample);

    [LoggerMessage("Source {Source}: not assessed: {Reason}", EventName = "source_not_assessed")]
    private static partial void LogSkipped(ILogger logger, LogLevel level, string source, string reason);

    [LoggerMessage(LogLevel.Warning, "Source {Source}: its assessment failed", EventName = "source_assessment_failed")]
    private static partial void LogFailed(ILogger logger, string source, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Assessments: {Problem}", EventName = "assessments_not_written")]
    private static partial void LogNotWritten(ILogger logger, string problem);
}
