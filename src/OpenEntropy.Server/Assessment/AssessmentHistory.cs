namespace OpenEntropy.Server.Assessment;

/// <summary>The histories of all sources, kept across restarts.</summary>
/// <param name="file">Where.</param>
/// <param name="save">Writes all of them.</param>
internal sealed class AssessmentHistory(HistoryFile file, Action<IReadOnlyDictionary<string, SourceHistory>> save)
{
    /// <summary>Only writers take it, also while the file is written; whoever reads takes the state as it is.</summary>
    private readonly Lock _writing = new();
    private volatile State _state = State.Empty;

    /// <summary>The histories in a file.</summary>
    /// <param name="file">The file.</param>
    public AssessmentHistory(HistoryFile file)
        : this(file, file.Save) { }

    /// <summary>
    /// One sentence where histories are lost or cannot be kept; null where all is well. What was lost at the start stays lost; a write that
    /// succeeds ends the problem of the one that did not.
    /// </summary>
    public string? Problem
    {
        get
        {
            var state = _state;
            return state is { LoadProblem: { } load, WriteProblem: { } write }
                ? $"{load}; {write}"
                : state.LoadProblem ?? state.WriteProblem;
        }
    }

    /// <summary>The sources that were ever assessed.</summary>
    public IReadOnlyList<string> Names => [.. _state.Sources.Keys];

    /// <summary>A source's history; null before its first assessment.</summary>
    /// <param name="name">Its name.</param>
    public SourceHistory? Find(string name) => _state.Sources.GetValueOrDefault(name);

    /// <summary>Reads what earlier runs of the service left.</summary>
    public void Load()
    {
        lock (_writing)
        {
            var loaded = file.Load();
            _state = new State(loaded.Sources, loaded.Problem, WriteProblem: null, loaded.MayBeReplaced);
        }
    }

    /// <summary>
    /// Adds an assessment and writes all of them. Where they cannot be written, or a file stands there that could not be read and may hold lower
    /// figures, they are kept in memory, and <see cref="Problem"/> says so.
    /// </summary>
    /// <param name="name">The source's name.</param>
    /// <param name="figure">The assessment.</param>
    /// <returns>The sentence where they could not be written.</returns>
    public string? Add(string name, AssessedFigure figure)
    {
        lock (_writing)
        {
            var sources = new Dictionary<string, SourceHistory>(_state.Sources, StringComparer.Ordinal);
            sources[name] = SourceHistory.Add(sources.GetValueOrDefault(name), figure);
            _state = _state with { Sources = sources };
            var problem = _state.MayBeReplaced ? Save(sources) : null;
            _state = _state with { WriteProblem = problem };
            return _state.MayBeReplaced ? problem : _state.LoadProblem;
        }
    }

    private string? Save(IReadOnlyDictionary<string, SourceHistory> sources)
    {
        try
        {
            save(sources);
            return null;
        }
        catch (Exception exception)
        {
            // Whatever it is: the figure stands, and its consequence for the credit with it.
            return $"the assessments so far cannot be written and will not outlive this process: {exception.Message}";
        }
    }

    /// <summary>Never changed once it can be seen.</summary>
    private sealed record State(
        IReadOnlyDictionary<string, SourceHistory> Sources,
        string? LoadProblem,
        string? WriteProblem,
        bool MayBeReplaced
    )
    {
        public static State Empty { get; } =
            new(new Dictionary<string, SourceHistory>(StringComparer.Ordinal), LoadProblem: null, WriteProblem: null, MayBeReplaced: true);
    }
}
