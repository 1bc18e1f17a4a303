namespace OpenEntropy.Server.Assessment;

/// <summary>The histories of all sources, kept across restarts.</summary>
/// <param name="file">Where.</param>
internal sealed class AssessmentHistory(HistoryFile file)
{
    private readonly Lock _gate = new();
    private Dictionary<string, SourceHistory> _sources = new(StringComparer.Ordinal);
    private string? _problem;

    /// <summary>One sentence where histories are lost or cannot be kept; null where all is well.</summary>
    public string? Problem
    {
        get
        {
            lock (_gate)
            {
                return _problem;
            }
        }
    }

    /// <summary>The sources that were ever assessed.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_gate)
            {
                return [.. _sources.Keys];
            }
        }
    }

    /// <summary>A source's history; null before its first assessment.</summary>
    /// <param name="name">Its name.</param>
    public SourceHistory? Find(string name)
    {
        lock (_gate)
        {
            return _sources.GetValueOrDefault(name);
        }
    }

    /// <summary>Reads what earlier runs of the service left.</summary>
    public void Load()
    {
        lock (_gate)
        {
            _sources = file.Load(out _problem);
        }
    }

    /// <summary>Adds an assessment and writes all of them. Where they cannot be written they are kept in memory, and <see cref="Problem"/> says so.</summary>
    /// <param name="name">The source's name.</param>
    /// <param name="figure">The assessment.</param>
    /// <returns>The sentence where they could not be written.</returns>
    public string? Add(string name, AssessedFigure figure)
    {
        lock (_gate)
        {
            _sources[name] = SourceHistory.Add(_sources.GetValueOrDefault(name), figure);
            try
            {
                file.Save(_sources);
                return null;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return _problem = $"the assessments so far cannot be written and will not outlive this process: {exception.Message}";
            }
        }
    }
}
