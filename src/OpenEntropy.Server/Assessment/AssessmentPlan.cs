using OpenEntropy.Health;
using OpenEntropy.Noise;

namespace OpenEntropy.Server.Assessment;

/// <summary>What became of a request.</summary>
internal enum RequestResult
{
    /// <summary>It stands in the queue.</summary>
    Accepted,

    /// <summary>The source is queued, recorded or assessed already.</summary>
    UnderWay,

    /// <summary>The queue is full.</summary>
    Full,
}

/// <summary>Which source is assessed next: those an operator asked for first, then the one most overdue, the quicker of two.</summary>
/// <param name="interval">Least time between two automatic assessments of a credited source.</param>
/// <param name="history">Tells of earlier assessments, also of an earlier run of the service.</param>
/// <param name="board">Tells of attempts since the start.</param>
internal sealed class AssessmentPlan(TimeSpan interval, AssessmentHistory history, AssessmentBoard board) : IDisposable
{
    /// <summary>The most requests that wait.</summary>
    public const int MaximumQueue = 4;

    /// <summary>A source that earns nothing is assessed this many times more rarely.</summary>
    private const int UncreditedIntervals = 8;

    private readonly Lock _gate = new();
    private readonly List<string> _requests = [];

    /// <summary>Set when a request arrives; the assessor waits for it.</summary>
    public AutoResetEvent Wake { get; } = new(initialState: false);

    /// <summary>The sources that were asked for, the next first.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>True while somebody waits: a recording that nobody asked for makes room.</summary>
    public bool HasRequests => Requests.Count > 0;

    /// <summary>Why a source is never assessed, one sentence; null where it may be.</summary>
    /// <param name="info">The source.</param>
    public static string? WhyNever(NoiseSourceInfo info) =>
        info.Origin switch
        {
            NoiseOrigin.Measured => null,
            NoiseOrigin.Counter => "counters that every local user can read: not assessed, since no figure would make them unpredictable",
            NoiseOrigin.OperatingSystem =>
                "conditioned output of the operating system: not assessed, since estimators cannot tell it from noise",
            _ => "a vendor's conditioned output: not assessed, since estimators cannot tell it from noise",
        };

    /// <summary>Puts a source into the queue.</summary>
    /// <param name="source">Its name.</param>
    public RequestResult TryRequest(string source)
    {
        lock (_gate)
        {
            if (board[source].IsUnderWay)
            {
                return RequestResult.UnderWay;
            }

            if (_requests.Count >= MaximumQueue)
            {
                return RequestResult.Full;
            }

            _requests.Add(source);
            board.Change(source, standing => standing with { State = StandingState.Queued, Reason = null });
        }

        Wake.Set();
        return RequestResult.Accepted;
    }

    /// <summary>The next source; null where none is due.</summary>
    /// <param name="sources">All sources at this moment.</param>
    /// <param name="now">The time.</param>
    public (string Source, AssessmentTrigger Trigger)? Next(IReadOnlyList<EntropySourceStatus> sources, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_requests.Count > 0)
            {
                var requested = _requests[0];
                _requests.RemoveAt(0);
                return (requested, AssessmentTrigger.Requested);
            }
        }

        var due = sources
            .Where(source => source.Expected && WhyNever(source.Info) is null)
            .Select(source =>
                (
                    source.Info.Name,
                    Overdue: Overdue(source.Info, now),
                    IsCredited: source.Info.ClaimedMinEntropy > 0,
                    Rate: source.CollectionSeconds > 0 ? source.Samples / source.CollectionSeconds : 0
                )
            )
            .Where(source => source.Overdue >= 1)
            .OrderByDescending(source => source.Overdue)
            .ThenByDescending(source => source.IsCredited)
            .ThenByDescending(source => source.Rate) // a slow one takes its hour when the others have figures
            .FirstOrDefault();
        return due.Name is null ? null : (due.Name, AssessmentTrigger.Automatic);
    }

    /// <inheritdoc/>
    public void Dispose() => Wake.Dispose();

    /// <summary>Time since the last attempt as a multiple of what it should be; infinite before the first, and where the clock went back.</summary>
    private double Overdue(NoiseSourceInfo info, DateTimeOffset now)
    {
        var last = board[info.Name].Attempted ?? history.Find(info.Name)?.Latest.Time;
        if (last is not { } time || time > now)
        {
            return double.PositiveInfinity;
        }

        return (now - time) / (info.ClaimedMinEntropy > 0 ? interval : interval * UncreditedIntervals);
    }
}
