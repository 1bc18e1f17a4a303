using OpenEntropy.Health;

namespace OpenEntropy.Server.Assessment;

/// <summary>
/// Which source is assessed next: one that was asked for and a credited one that is due by turns, then the one most overdue, the quicker of two.
/// Nobody who asks can keep the credited sources from being assessed.
/// </summary>
/// <param name="interval">Least time between two automatic assessments of a credited source.</param>
/// <param name="history">Tells of earlier assessments, also of an earlier run of the service.</param>
/// <param name="board">Tells of attempts since the start.</param>
internal sealed class AssessmentPlan(TimeSpan interval, AssessmentHistory history, AssessmentBoard board) : IDisposable
{
    /// <summary>The most requests that wait.</summary>
    public const int MaximumQueue = 4;

    private readonly Lock _gate = new();
    private readonly DueSources _due = new(interval, history, board);
    private readonly List<string> _requests = [];
    private readonly Dictionary<string, DateTimeOffset> _asked = new(StringComparer.Ordinal);
    private Turn? _turn;
    private bool _isCreditedNext;
    private bool _isEnded;

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

    /// <summary>True while somebody waits and the turn under way is one that may make room: nobody asked for it, and it is not owed.</summary>
    public bool ShouldGiveWay
    {
        get
        {
            lock (_gate)
            {
                return _requests.Count > 0 && _turn is { Trigger: AssessmentTrigger.Automatic, IsOwed: false };
            }
        }
    }

    /// <summary>Puts a source into the queue, or turns the recording of it that nobody asked for into the requested one.</summary>
    /// <param name="source">Its name.</param>
    /// <param name="now">The time; a source is asked for once an interval.</param>
    public RequestAnswer TryRequest(string source, DateTimeOffset now)
    {
        lock (_gate)
        {
            var answer = Consider_NeedsLock(source, now);
            if (answer.Result == RequestResult.Joined)
            {
                _turn = _turn! with { Trigger = AssessmentTrigger.Requested };
            }
            else if (answer.Result == RequestResult.Accepted)
            {
                _requests.Add(source);
                board.Change(source, standing => standing with { State = StandingState.Queued, Reason = null });
            }
            else
            {
                return answer;
            }

            _asked[source] = now;
            Wake.Set();
            return answer;
        }
    }

    /// <summary>The next source, from now on at work; null where none is due.</summary>
    /// <param name="sources">All sources at this moment.</param>
    /// <param name="now">The time.</param>
    public (string Source, AssessmentTrigger Trigger)? Next(IReadOnlyList<EntropySourceStatus> sources, DateTimeOffset now)
    {
        lock (_gate)
        {
            _turn = Choose_NeedsLock(sources, now);
            if (_turn is not { } turn)
            {
                return null;
            }

            _isCreditedNext = turn.Trigger == AssessmentTrigger.Requested;
            _turn = turn with { Before = board[turn.Source] };
            // Here, so that no request comes between the choice and its being seen.
            board.Work(turn.Source, AssessorState.Recording, () => 0);
            return (turn.Source, turn.Trigger);
        }
    }

    /// <summary>The recording is whole: from here on a request does not change what it is.</summary>
    /// <param name="source">The source at work.</param>
    /// <returns>Why it is assessed, which a request may have changed meanwhile.</returns>
    public AssessmentTrigger BeginAssessing(string source)
    {
        lock (_gate)
        {
            board.Work(source, AssessorState.Assessing, () => 0);
            return _turn?.Trigger ?? AssessmentTrigger.Automatic;
        }
    }

    /// <summary>The turn under way makes room, as though it had not begun, unless it was asked for meanwhile.</summary>
    /// <returns>False where it goes on.</returns>
    public bool TryGiveWay()
    {
        lock (_gate)
        {
            if (_turn is not { Trigger: AssessmentTrigger.Automatic } turn)
            {
                return false;
            }

            board.Change(turn.Source, _ => turn.Before);
            _turn = null;
            return true;
        }
    }

    /// <summary>Nothing is assessed any more: what waits or is at work is told so.</summary>
    /// <param name="state">Stopped or failed.</param>
    /// <param name="reason">One sentence.</param>
    public void End(AssessorState state, string reason)
    {
        lock (_gate)
        {
            _isEnded = true;
            _turn = null;
            _requests.Clear();
            board.End(state, reason);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Wake.Dispose();

    private RequestAnswer Consider_NeedsLock(string source, DateTimeOffset now)
    {
        if (_isEnded)
        {
            return new RequestAnswer(RequestResult.Ended, []);
        }

        var standing = board[source];
        var joins =
            standing.State == StandingState.Recording && _turn is { Trigger: AssessmentTrigger.Automatic } turn && turn.Source == source;
        if (!joins && (standing.IsUnderWay || _requests.Contains(source, StringComparer.Ordinal)))
        {
            return new RequestAnswer(RequestResult.UnderWay, []);
        }

        // A clock that went back must not refuse for longer than an interval.
        if (_asked.TryGetValue(source, out var last) && now >= last && now - last < interval)
        {
            return new RequestAnswer(RequestResult.TooSoon, [], last + interval - now);
        }

        if (joins)
        {
            return new RequestAnswer(RequestResult.Joined, []);
        }

        return _requests.Count >= MaximumQueue
            ? new RequestAnswer(RequestResult.Full, [])
            : new RequestAnswer(RequestResult.Accepted, _turn is { } atWork ? [atWork.Source, .. _requests] : [.. _requests]);
    }

    private Turn? Choose_NeedsLock(IReadOnlyList<EntropySourceStatus> sources, DateTimeOffset now)
    {
        if (_requests.Count == 0)
        {
            return _due.MostOverdue(sources, now) is { } due ? new Turn(due, AssessmentTrigger.Automatic, IsOwed: false) : null;
        }

        if (
            _isCreditedNext && _due.MostOverdue([.. sources.Where(source => source.Info.ClaimedMinEntropy > 0)], now, _requests) is { } owed
        )
        {
            return new Turn(owed, AssessmentTrigger.Automatic, IsOwed: true);
        }

        var requested = _requests[0];
        _requests.RemoveAt(0);
        return new Turn(requested, AssessmentTrigger.Requested, IsOwed: false);
    }

    /// <summary>The source at work.</summary>
    /// <param name="Source">Its name.</param>
    /// <param name="Trigger">Why.</param>
    /// <param name="IsOwed">True where it has its turn although somebody waits: it does not make room.</param>
    private sealed record Turn(string Source, AssessmentTrigger Trigger, bool IsOwed)
    {
        /// <summary>Where the source stood.</summary>
        public SourceStanding Before { get; init; } = SourceStanding.Fresh;
    }
}
