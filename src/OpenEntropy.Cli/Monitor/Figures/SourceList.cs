using OpenEntropy.Server.Sources;

namespace OpenEntropy.Cli.Monitor.Figures;

/// <summary>A row of the list: a category's heading, or a source below it.</summary>
/// <param name="Category">The category.</param>
/// <param name="Source">The source; null in a heading.</param>
internal sealed record ListRow(string Category, SourceBody? Source);

/// <summary>The sources by category, and which of them is chosen. The choice follows the name, so that it survives what comes and goes.</summary>
internal sealed class SourceList
{
    private readonly List<SourceBody> _sources = [];
    private readonly List<ListRow> _rows = [];
    private int _chosen;

    /// <summary>The rows, headings among them.</summary>
    public IReadOnlyList<ListRow> Rows => _rows;

    /// <summary>How many sources there are.</summary>
    public int Count => _sources.Count;

    /// <summary>Which of them is chosen, from 0 on.</summary>
    public int ChosenIndex => _chosen;

    /// <summary>The chosen source; null where there is none at all.</summary>
    public SourceBody? Chosen => _chosen < _sources.Count ? _sources[_chosen] : null;

    /// <summary>The row of the chosen source.</summary>
    public int ChosenRow => _rows.FindIndex(row => row.Source is not null && row.Source == Chosen);

    /// <summary>Sources of a category, and those of them that are healthy.</summary>
    public (int Healthy, int Total) CountOf(string category)
    {
        var sources = _sources.Where(source => source.Category == category).ToList();
        return (sources.Count(source => source.Healthy), sources.Count);
    }

    /// <summary>Moves the choice, as far as there are sources.</summary>
    /// <param name="by">Down; up where it is negative.</param>
    public void Move(int by) => _chosen = (int)Math.Clamp((long)_chosen + by, 0, Math.Max(0, Count - 1));

    /// <summary>Takes new figures in.</summary>
    /// <param name="sources">In catalog order.</param>
    public void Update(IReadOnlyList<SourceBody> sources)
    {
        var name = Chosen?.Name;
        _sources.Clear();
        _rows.Clear();
        foreach (var category in sources.Select(source => source.Category).Distinct(StringComparer.Ordinal))
        {
            _rows.Add(new ListRow(category, null));
            foreach (var source in sources.Where(source => source.Category == category))
            {
                _sources.Add(source);
                _rows.Add(new ListRow(category, source));
            }
        }

        var found = _sources.FindIndex(source => source.Name == name);
        _chosen = found >= 0 ? found : Math.Clamp(_chosen, 0, Math.Max(0, Count - 1));
    }
}
