namespace OpenEntropy.Cli.Monitor.Painting;

/// <summary>A screen of styled cells, each one column wide. What is written beyond it is cut off.</summary>
internal sealed class CellGrid
{
    // Stands for what a service sent and no cell can show: control characters, which would be commands to the terminal, and characters of two columns.
    private const char Unprintable = '?';

    private readonly char[] _cells;
    private readonly Ink[] _inks;

    /// <param name="width">Columns; less than 0 is none.</param>
    /// <param name="height">Rows; less than 0 is none.</param>
    public CellGrid(int width, int height)
    {
        (Width, Height) = (Math.Max(0, width), Math.Max(0, height));
        _cells = new char[Width * Height];
        _inks = new Ink[Width * Height];
        _cells.AsSpan().Fill(' ');
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The whole of it.</summary>
    public Area Whole => new(this, 0, 0, Width, Height);

    /// <summary>A row's characters, as many as there are columns.</summary>
    public ReadOnlySpan<char> Text(int row) => _cells.AsSpan(row * Width, Width);

    /// <summary>A row's inks, as many as there are columns.</summary>
    public ReadOnlySpan<Ink> Inks(int row) => _inks.AsSpan(row * Width, Width);

    /// <summary>Whether a row is the same on another grid of the same width.</summary>
    public bool IsSameRow(int row, CellGrid other) => Text(row).SequenceEqual(other.Text(row)) && Inks(row).SequenceEqual(other.Inks(row));

    /// <summary>Writes one cell that is within the grid.</summary>
    public void Put(int column, int row, char character, Ink ink)
    {
        _cells[row * Width + column] = IsPrintable(character) ? character : Unprintable;
        _inks[row * Width + column] = ink;
    }

    // Latin, Greek and Cyrillic letters without combining marks, punctuation without invisible signs, arrows, mathematical operators, frames and blocks.
    private static bool IsPrintable(char character) =>
        character
            is >= ' '
                and <= '~'
                or > '\u00A0'
                and < '\u00AD'
                or > '\u00AD'
                and < '\u0300'
                or >= '\u0391'
                and < '\u0483'
                or >= '\u2010'
                and <= '\u2027'
                or >= '\u2030'
                and < '\u205F'
                or >= '\u2070'
                and < '\u20A0'
                or >= '\u2190'
                and < '\u2300'
                or >= '\u2500'
                and < '\u2600';
}
