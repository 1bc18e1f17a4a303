namespace OpenEntropy.Cli.Display;

/// <summary>Rows under headers. <see cref="Page"/> shows it.</summary>
/// <param name="columns">The columns, the first of which names a row.</param>
internal sealed class Table(params Column[] columns)
{
    private readonly List<Cell[]> _rows = [];

    /// <summary>The columns.</summary>
    public IReadOnlyList<Column> Columns => columns;

    /// <summary>The rows, a cell a column.</summary>
    public IReadOnlyList<Cell[]> Rows => _rows;

    /// <summary>Adds a row, a cell a column.</summary>
    public void Add(params Cell[] cells)
    {
        if (cells.Length != columns.Length)
            throw new ArgumentException($"A row of {cells.Length} cells under {columns.Length} headers.", nameof(cells));
        _rows.Add(cells);
    }

    /// <summary>The columns that this takes with two spaces between each: texts that may be broken over lines count as far as they can be narrowed.</summary>
    public int LeastWidth => columns.Select((column, at) => column.Least(Longest(at))).Sum() + (2 * (columns.Length - 1));

    /// <summary>The same table without columns that have no text in any row.</summary>
    public Table WithoutEmptyColumns()
    {
        var kept = Enumerable.Range(0, columns.Length).Where(at => at == 0 || _rows.Exists(row => row[at].Text.Length > 0)).ToList();
        var table = new Table([.. kept.Select(at => columns[at])]);
        _rows.ForEach(row => table.Add([.. kept.Select(at => row[at])]));
        return table;
    }

    private int Longest(int at) => _rows.Select(row => row[at].Text.Length).Append(columns[at].Header.Length).Max();
}
