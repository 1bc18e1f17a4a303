namespace OpenEntropy.Cli.Monitor.Painting;

/// <summary>The characters drawings are made of: one column each.</summary>
internal sealed class Glyphs
{
    private readonly string _eighths;
    private readonly IReadOnlyDictionary<string, char> _states;

    private Glyphs(string eighths, char point, char frame, char cut, char pointer, IReadOnlyDictionary<string, char> states)
    {
        (_eighths, _states) = (eighths, states);
        (Point, Frame, Cut, Pointer) = (point, frame, cut, pointer);
    }

    /// <summary>For terminals that take UTF-8.</summary>
    public static Glyphs Unicode { get; } =
        new(
            " ▁▂▃▄▅▆▇█",
            '•',
            '│',
            '…',
            '▸',
            new Dictionary<string, char>(StringComparer.Ordinal)
            {
                ["healthy"] = '●',
                ["starting"] = '◐',
                ["failed"] = '×',
                ["permanently_failed"] = '■',
                ["disabled"] = '○',
            }
        );

    /// <summary>For all others.</summary>
    public static Glyphs Ascii { get; } =
        new(
            "  ..-=+##",
            '*',
            '|',
            '~',
            '>',
            new Dictionary<string, char>(StringComparer.Ordinal)
            {
                ["healthy"] = '+',
                ["starting"] = '~',
                ["failed"] = 'x',
                ["permanently_failed"] = '#',
                ["disabled"] = 'o',
            }
        );

    /// <summary>A point of a curve.</summary>
    public char Point { get; }

    /// <summary>The frame between two columns.</summary>
    public char Frame { get; }

    /// <summary>Stands for what did not fit.</summary>
    public char Cut { get; }

    /// <summary>Before the chosen row.</summary>
    public char Pointer { get; }

    /// <summary>A full cell of a bar.</summary>
    public char Full => _eighths[^1];

    /// <summary>A state; a dash for what this machine does not have.</summary>
    public char OfState(string state) => _states.TryGetValue(state, out var glyph) ? glyph : '-';

    /// <summary>A cell filled from below.</summary>
    /// <param name="eighths">0 to 8; more is full, less is empty.</param>
    public char Filled(int eighths) => _eighths[Math.Clamp(eighths, 0, 8)];

    /// <summary>Text no longer than a width, with a sign where something was left out.</summary>
    public string Fit(string text, int width) =>
        text.Length <= width ? text
        : width <= 0 ? ""
        : text[..(width - 1)] + Cut;
}
