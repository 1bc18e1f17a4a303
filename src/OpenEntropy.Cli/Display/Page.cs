using OpenEntropy.Cli.Running;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace OpenEntropy.Cli.Display;

/// <summary>
/// Text for people: headings, sentences, named values and tables, as wide as the terminal and no wider, from 20 columns on. A table that does not fit
/// is shown row by row, each value on a line with its header.
/// </summary>
/// <param name="console">Where to write.</param>
internal sealed class Page(CommandConsole console)
{
    private const int LeastWidth = 20;
    private const string Indent = "  ";

    private readonly List<IRenderable> _parts = [];
    private readonly int _width = Math.Max(console.Width, LeastWidth);

    /// <summary>A heading, with an empty line above it where something stands there.</summary>
    public void Heading(string text)
    {
        if (_parts.Count > 0)
            _parts.Add(Shown(""));
        _parts.Add(Shown(new Cell(text, Tone.Strong)));
    }

    /// <summary>A paragraph.</summary>
    public void Line(Cell text) => _parts.Add(Shown(text));

    /// <summary>Values, each after its name; those without a text are left out.</summary>
    public void Values(params IEnumerable<(string Name, Cell Value)> values)
    {
        var shown = values.Where(each => each.Value.Text.Length > 0).ToList();
        var names = shown.Select(each => each.Name.Length).DefaultIfEmpty().Max();
        if (names + Indent.Length + LeastWidth > _width)
        {
            shown.ForEach(each => _parts.Add(Named(each.Name, each.Value)));
            return;
        }

        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, Indent.Length, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0) });
        shown.ForEach(each => grid.AddRow(Shown(each.Name), Shown(each.Value)));
        _parts.Add(grid);
    }

    /// <summary>A table, or what is in it row by row.</summary>
    public void Table(Table table)
    {
        if (table.LeastWidth <= _width)
            _parts.Add(Grid(table));
        else
            RowByRow(table);
    }

    /// <summary>Writes it to standard output.</summary>
    public void Print() => TextOutput.Write(console, Render());

    /// <summary>The text as it is written.</summary>
    internal string Render()
    {
        using var text = new StringWriter { NewLine = "\n" };
        var terminal = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = console.HasColor ? AnsiSupport.Yes : AnsiSupport.No,
                ColorSystem = console.HasColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
                Out = new AnsiConsoleOutput(text),
            }
        );
        terminal.Profile.Width = _width;
        foreach (var part in _parts)
            terminal.Write(new Rows(part));
        // Cells are filled up with spaces, which nobody needs at the end of a line.
        return string.Join('\n', text.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd(' ')));
    }

    private static Spectre.Console.Table Grid(Table table)
    {
        var grid = new Spectre.Console.Table { Border = TableBorder.None, Expand = false };
        foreach (var column in table.Columns)
        {
            grid.AddColumn(
                new TableColumn(Shown(new Cell(column.Header, Tone.Strong)))
                {
                    NoWrap = !column.MayBreak,
                    Alignment = column.IsNumber ? Justify.Right : Justify.Left,
                    Padding = new Padding(0, 0, column == table.Columns[^1] ? 0 : Indent.Length, 0),
                }
            );
        }

        foreach (var row in table.Rows)
            grid.AddRow(row.Select(Shown));
        return grid;
    }

    private void RowByRow(Table table)
    {
        foreach (var row in table.Rows)
        {
            _parts.Add(Shown(new Cell(row[0].Text, Tone.Strong)));
            for (var at = 1; at < row.Length; at++)
            {
                if (row[at].Text.Length > 0)
                    _parts.Add(Named(table.Columns[at].Header, row[at]));
            }
        }
    }

    /// <summary>A value after its name, its further lines indented.</summary>
    private static Padder Named(string name, Cell value)
    {
        var line = new Paragraph { Overflow = Overflow.Fold };
        line.Append($"{name} ", Look(Tone.Faint));
        line.Append(value.Text, Look(value.Tone));
        return new Padder(line, new Padding(Indent.Length, 0, 0, 0));
    }

    private static IRenderable Shown(Cell cell) => new Paragraph(cell.Text, Look(cell.Tone)) { Overflow = Overflow.Fold };

    private static Style Look(Tone tone) =>
        tone switch
        {
            Tone.Strong => new Style(decoration: Decoration.Bold),
            Tone.Good => new Style(Color.Green),
            Tone.Warning => new Style(Color.Olive),
            Tone.Bad => new Style(Color.Maroon),
            Tone.Faint => new Style(Color.Grey),
            _ => Style.Plain,
        };
}
