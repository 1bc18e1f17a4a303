namespace OpenEntropy.Cli.Monitor.Painting;

/// <summary>A rectangle of a grid. What is written beyond it is cut off, so that no size is too small.</summary>
internal readonly record struct Area(CellGrid Grid, int Left, int Top, int Width, int Height)
{
    /// <summary>Rows of this area.</summary>
    /// <param name="from">The first, from 0 on.</param>
    /// <param name="count">How many; fewer where there are fewer.</param>
    public Area Rows(int from, int count)
    {
        var first = Math.Clamp(from, 0, Height);
        return this with { Top = Top + first, Height = Math.Clamp(count, 0, Height - first) };
    }

    /// <summary>Columns of this area.</summary>
    /// <param name="from">The first, from 0 on.</param>
    /// <param name="count">How many; fewer where there are fewer.</param>
    public Area Columns(int from, int count)
    {
        var first = Math.Clamp(from, 0, Width);
        return this with { Left = Left + first, Width = Math.Clamp(count, 0, Width - first) };
    }

    /// <summary>Writes a text in one row.</summary>
    /// <returns>The column after it.</returns>
    public int Write(int column, int row, string text, Ink ink = Ink.Plain)
    {
        foreach (var character in text)
            Put(column++, row, character, ink);
        return column;
    }

    /// <summary>Writes one cell.</summary>
    public void Put(int column, int row, char character, Ink ink)
    {
        if (column >= 0 && column < Width && row >= 0 && row < Height)
            Grid.Put(Left + column, Top + row, character, ink);
    }
}
