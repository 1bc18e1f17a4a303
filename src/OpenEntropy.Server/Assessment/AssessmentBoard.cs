namespace OpenEntropy.Server.Assessment;

/// <summary>What the assessor is doing.</summary>
internal enum AssessorState
{
    /// <summary>Switched off by configuration.</summary>
    Disabled,

    /// <summary>It begins once the pool is full or a minute has passed.</summary>
    Waiting,

    /// <summary>No source is due.</summary>
    Idle,

    /// <summary>It keeps the samples of a source that the harvest takes.</summary>
    Recording,

    /// <summary>It computes, within its budget.</summary>
    Assessing,

    /// <summary>The service stops.</summary>
    Stopped,

    /// <summary>It ended by a defect.</summary>
    Failed,
}

/// <summary>What the assessor tells of itself, for any thread to read.</summary>
internal sealed class AssessmentBoard
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SourceStanding> _standings = new(StringComparer.Ordinal);
    private AssessorState _state = AssessorState.Waiting;
    private string? _current;
    private Func<int> _recorded = () => 0;
    private TimeSpan _processorTime;

    /// <summary>What it is doing.</summary>
    public AssessorState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <summary>The source it is at work on; null for none.</summary>
    public string? Current
    {
        get
        {
            lock (_gate)
            {
                return _current;
            }
        }
    }

    /// <summary>Processor time it has used since the start.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            lock (_gate)
            {
                return _processorTime;
            }
        }
        set
        {
            lock (_gate)
            {
                _processorTime = value;
            }
        }
    }

    /// <summary>Where a source stands.</summary>
    /// <param name="source">Its name.</param>
    public SourceStanding this[string source]
    {
        get
        {
            lock (_gate)
            {
                return _standings.GetValueOrDefault(source, SourceStanding.Fresh);
            }
        }
    }

    /// <summary>Samples of the recording under way, where it is this source's.</summary>
    /// <param name="source">Its name.</param>
    public int Recorded(string source)
    {
        lock (_gate)
        {
            return _current == source ? _recorded() : 0;
        }
    }

    /// <summary>Nothing is at work.</summary>
    /// <param name="state">Why.</param>
    public void Rest(AssessorState state)
    {
        lock (_gate)
        {
            (_state, _current, _recorded) = (state, null, () => 0);
        }
    }

    /// <summary>Nothing is at work ever again: every source that something was under way for stands as not assessed.</summary>
    /// <param name="state">Stopped or failed.</param>
    /// <param name="reason">One sentence.</param>
    public void End(AssessorState state, string reason)
    {
        lock (_gate)
        {
            (_state, _current, _recorded) = (state, null, () => 0);
            foreach (var (source, standing) in _standings.Where(each => each.Value.IsUnderWay).ToList())
            {
                _standings[source] = standing with { State = StandingState.NotAssessed, Reason = reason };
            }
        }
    }

    /// <summary>Work on a source begins or goes on.</summary>
    /// <param name="source">Its name.</param>
    /// <param name="state">Recording or assessing.</param>
    /// <param name="recorded">Counts the recorded samples.</param>
    public void Work(string source, AssessorState state, Func<int> recorded)
    {
        lock (_gate)
        {
            (_state, _current, _recorded) = (state, source, recorded);
            var standing = state == AssessorState.Recording ? StandingState.Recording : StandingState.Assessing;
            _standings[source] = _standings.GetValueOrDefault(source, SourceStanding.Fresh) with { State = standing, Reason = null };
        }
    }

    /// <summary>Changes where a source stands.</summary>
    /// <param name="source">Its name.</param>
    /// <param name="change">From what it was.</param>
    public void Change(string source, Func<SourceStanding, SourceStanding> change)
    {
        lock (_gate)
        {
            _standings[source] = change(_standings.GetValueOrDefault(source, SourceStanding.Fresh));
        }
    }
}
