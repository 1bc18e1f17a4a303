namespace OpenEntropy.Assessment.Reports.Pages;

/// <summary>A part of a report for people, before it is Markdown or text.</summary>
internal abstract record Block;

/// <summary>A heading.</summary>
/// <param name="Level">1, of which there is one, to 3.</param>
/// <param name="Text">One line.</param>
internal sealed record Heading(int Level, string Text) : Block;

/// <summary>A paragraph.</summary>
/// <param name="Text">Any length; broken into lines where the form wants it.</param>
internal sealed record Paragraph(string Text) : Block;

/// <summary>A list.</summary>
/// <param name="Items">A paragraph each.</param>
internal sealed record Bullets(IReadOnlyList<string> Items) : Block;

/// <summary>A table. Columns whose head ends in a unit or that hold figures are set to the right.</summary>
/// <param name="Columns">The heads; the unit stands in brackets.</param>
/// <param name="Rows">A cell for each column.</param>
internal sealed record Table(IReadOnlyList<Column> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : Block
{
    /// <summary>The width each column takes, characters.</summary>
    public int[] Widths(Func<string, string> escape) =>
        [.. Columns.Select((column, at) => Rows.Select(row => row[at]).Append(column.Head).Max(cell => escape(cell).Length))];
}

/// <summary>A column.</summary>
/// <param name="Head">What stands above it.</param>
/// <param name="IsFigure">True: set to the right.</param>
internal readonly record struct Column(string Head, bool IsFigure = false)
{
    /// <summary>A cell as wide as the column.</summary>
    public string Pad(string cell, int width) => IsFigure ? cell.PadLeft(width) : cell.PadRight(width);
}
