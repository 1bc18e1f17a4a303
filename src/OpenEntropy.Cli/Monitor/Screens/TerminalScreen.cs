using System.Text;
using OpenEntropy.Cli.Monitor.Painting;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace OpenEntropy.Cli.Monitor.Screens;

/// <summary>
/// The terminal's alternate screen, on which only rows that changed are written. Disposed, the terminal shows what it showed before. The sequences are those of
/// xterm, which every terminal in use knows.
/// </summary>
internal sealed class TerminalScreen : IDisposable
{
    private const string Enter = "\e[?1049h\e[?25l\e[?7l"; // alternate screen, no cursor, no wrapping at the last column
    private const string Clear = "\e[H\e[2J";
    private const string Leave = Clear + "\e[?7h\e[?25h\e[?1049l"; // cleared, since some keep rows of it where the window was resized

    private static readonly Style[] s_styles = [.. Enum.GetValues<Ink>().Select(StyleOf)];

    private readonly StreamWriter _writer;
    private readonly IAnsiConsole _console;
    private CellGrid? _shown;

    /// <param name="output">The terminal.</param>
    /// <param name="hasColor">Whether text may be coloured.</param>
    /// <param name="encoding">How the terminal reads text.</param>
    public TerminalScreen(Stream output, bool hasColor, Encoding encoding)
    {
        _writer = new StreamWriter(output, encoding, bufferSize: 16384);
        _console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                ColorSystem = hasColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
                Out = new BufferedOutput(_writer),
            }
        );
        _writer.Write(Enter);
        _writer.Flush();
    }

    /// <summary>Shows a grid of the terminal's size.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="whole">True: what is on the screen is not known.</param>
    /// <returns>False where the terminal is gone.</returns>
    public bool TryShow(CellGrid grid, bool whole)
    {
        var previous = !whole && _shown is { } shown && shown.Width == grid.Width && shown.Height == grid.Height ? _shown : null;
        var segments = new List<Segment>();
        if (previous is null)
            segments.Add(Segment.Control(Clear));
        for (var row = 0; row < grid.Height; row++)
        {
            if (previous is null || !grid.IsSameRow(row, previous))
                AddRow(segments, grid, row);
        }

        _shown = grid;
        if (segments.Count == 0)
            return true;
        try
        {
            _console.Write(new Segments(segments));
            _writer.Flush();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        try
        {
            _writer.Write(Leave);
            _writer.Dispose();
        }
        catch (IOException)
        {
            // The terminal is gone: nothing is left to restore.
        }
    }

    private static void AddRow(List<Segment> segments, CellGrid grid, int row)
    {
        segments.Add(Segment.Control($"\e[{row + 1};1H"));
        var text = grid.Text(row);
        var inks = grid.Inks(row);
        for (var start = 0; start < text.Length; )
        {
            var end = start + 1;
            while (end < text.Length && inks[end] == inks[start])
                end++;
            segments.Add(new Segment(new string(text[start..end]), s_styles[(int)inks[start]]));
            start = end;
        }
    }

    private static Style StyleOf(Ink ink) =>
        ink switch
        {
            Ink.Dim => new Style(decoration: Decoration.Dim),
            Ink.Title => new Style(decoration: Decoration.Bold),
            Ink.Good => new Style(Color.Green),
            Ink.Warning => new Style(Color.Olive),
            Ink.Bad => new Style(Color.Maroon, decoration: Decoration.Bold),
            Ink.Chosen => new Style(decoration: Decoration.Invert),
            Ink.Bar => new Style(Color.Teal),
            Ink.Point => new Style(Color.Olive),
            _ => Style.Plain,
        };

    /// <summary>Segments as they are: their places are in them.</summary>
    private sealed class Segments(IReadOnlyList<Segment> segments) : Renderable
    {
        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => segments;
    }

    /// <summary>A writer that is flushed once for each grid; its size is not asked for, since nothing is wrapped.</summary>
    private sealed class BufferedOutput(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => 80;

        public int Height => 24;

        public void SetEncoding(Encoding encoding) { } // that of the writer stays
    }
}
