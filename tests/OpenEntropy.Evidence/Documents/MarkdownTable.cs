using System.Text;

namespace OpenEntropy.Evidence.Documents;

/// <summary>A table in Markdown.</summary>
/// <param name="columns">The heads; one that ends with a colon is set to the right.</param>
internal sealed class MarkdownTable(params string[] columns)
{
    private readonly List<string> _lines =
    [
        Line(columns.Select(column => column.TrimEnd(':'))),
        $"|{string.Join('|', columns.Select(column => column.EndsWith(':') ? "---:" : "---"))}|",
    ];

    /// <summary>Adds a row.</summary>
    /// <param name="cells">As many as there are columns.</param>
    public void Add(params string[] cells)
    {
        if (cells.Length != columns.Length)
            throw new ArgumentException($"A row has {columns.Length} cells, not {cells.Length}.", nameof(cells));
        _lines.Add(Line(cells));
    }

    /// <summary>The table, with a line end behind each row.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var line in _lines)
            text.Append(line).Append('\n');
        return text.ToString();
    }

    private static string Line(IEnumerable<string> cells) =>
        $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |";
}
