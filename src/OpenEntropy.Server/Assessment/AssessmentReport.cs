using Microsoft.Extensions.Options;
using OpenEntropy.Health;
using OpenEntropy.Server.Health;

namespace OpenEntropy.Server.Assessment;

/// <summary>Reads history, plan and board together, for the answers of the service.</summary>
/// <param name="pool">The sources.</param>
/// <param name="options">What is in force.</param>
/// <param name="history">The figures.</param>
/// <param name="board">What is under way.</param>
/// <param name="plan">What was asked for.</param>
internal sealed class AssessmentReport(
    EntropyPool pool,
    IOptions<AssessmentOptions> options,
    AssessmentHistory history,
    AssessmentBoard board,
    AssessmentPlan plan
)
{
    internal const string Note =
        "min_entropy is what the ten estimators of SP 800-90B, 6.3 say of one recording of raw samples, in bits per sample: an upper bound on trust, "
        + "since they cannot tell a deterministic sequence from noise (SHA-256 of a counter scores 7.1), and a noisy one; credit is "
        + "claimed_min_entropy alone, which an assessment under twice the claim lowers and none raises";

    /// <summary>Processor time of an assessment of a million samples before one was measured; a generous guess.</summary>
    private static readonly TimeSpan s_usualWork = TimeSpan.FromSeconds(5);

    private readonly AssessmentOptions _options = options.Value;

    /// <summary>A source's history; null before its first assessment.</summary>
    /// <param name="source">Its name.</param>
    public SourceHistory? History(string source) => history.Find(source);

    /// <summary>Every source, and the assessor.</summary>
    public AssessmentListBody List()
    {
        var sources = pool.Status.Sources;
        return new AssessmentListBody([.. sources.Select(Summary)], sources.Count, Assessor(), Note);
    }

    /// <summary>One source, with every figure there is.</summary>
    /// <param name="source">The source.</param>
    public AssessmentDetailBody Detail(EntropySourceStatus source)
    {
        var standing = board[source.Info.Name];
        return new AssessmentDetailBody(
            Summary(source),
            standing is { Last: { } last, LastFigure: { } figure } ? RunBody.From(last, figure.Time) : null,
            [.. (history.Find(source.Info.Name)?.Figures ?? []).Select(Figure)],
            standing.Recording,
            Note
        );
    }

    /// <summary>How long until a source that is asked for now has its figure. A credited source that falls due meanwhile may go between.</summary>
    /// <param name="source">Its name.</param>
    /// <param name="ahead">Those that come before it, the one at work among them.</param>
    public TimeSpan Expected(string source, IReadOnlyList<string> ahead) =>
        ahead.Append(source).Aggregate(TimeSpan.Zero, (sum, each) => sum + Remaining(each));

    private TimeSpan Remaining(string source)
    {
        var work = s_usualWork * (_options.RecordingLength / (double)AssessmentOptions.StandardSamples) / _options.CpuBudget;
        var standing = board[source];
        var recorded = standing.State switch
        {
            StandingState.Assessing => 1,
            StandingState.Recording => Progress(source),
            _ => 0,
        };
        return ((1 - recorded) * (standing.RecordingTook ?? _options.RecordingTime)) + work;
    }

    private double Progress(string source) => board.Recorded(source) / (double)_options.RecordingLength;

    private static FigureBody Figure(AssessedFigure figure) =>
        new(
            figure.Time,
            figure.MinEntropy,
            figure.HOriginal,
            figure.HBitstring,
            figure.Samples,
            figure.IsShort ? "short" : "full",
            StateNames<AssessmentTrigger>.Of(figure.Trigger),
            figure.Sha256
        );

    private static string? Shortness(AssessedFigure? figure) =>
        figure is { IsShort: true }
            ? $"{figure.Samples:N0} samples; SP 800-90B, 3.1.1 asks for {AssessmentOptions.StandardSamples:N0}, so that the figure is less certain and usually lower"
            : null;

    private AssessmentBody Summary(EntropySourceStatus source)
    {
        var name = source.Info.Name;
        var (standing, past) = (board[name], history.Find(name));
        var lowest = past?.Figures.FirstOrDefault(figure => figure.MinEntropy <= past.Minimum);
        var never = DueSources.WhyNever(source.Info);
        return new AssessmentBody
        {
            Source = name,
            State = StateNames<StandingState>.Of(never is null ? standing.State : StandingState.NotAssessed),
            Reason = never ?? standing.Reason,
            Progress = standing.State == StandingState.Recording ? Progress(name) : null,
            ClaimedMinEntropy = source.ClaimedMinEntropy,
            ClaimLowered = source.LoweredBy is not null,
            MinEntropy = past?.Latest.MinEntropy,
            Time = past?.Latest.Time,
            Samples = past?.Latest.Samples,
            Shortness = Shortness(past?.Latest),
            Count = past?.Count ?? 0,
            Minimum = past?.Minimum,
            MinimumSamples = lowest?.Samples,
            MinimumShortness = Shortness(lowest),
            P5 = past?.FifthPercentile,
        };
    }

    private AssessorBody Assessor() =>
        new()
        {
            State = StateNames<AssessorState>.Of(board.State),
            Source = board.Current,
            Queue = plan.Requests,
            CpuBudget = _options.CpuBudget,
            CpuSeconds = board.ProcessorTime.TotalSeconds,
            RecordingLength = _options.RecordingLength,
            RecordingTimeSeconds = _options.RecordingTime.TotalSeconds,
            IntervalSeconds = _options.Interval.TotalSeconds,
            HistoryProblem = history.Problem,
        };
}
