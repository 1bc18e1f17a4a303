using System.Buffers;
using System.Text;

namespace OpenEntropy.Assessment.Reports.Pages;

/// <summary>Pages as Markdown, with tables that line up as they stand.</summary>
internal static class MarkdownWriter
{
    private static readonly SearchValues<char> s_markup = SearchValues.Create(@"\`*[]<|#");

    public static string Write(IReadOnlyList<Block> blocks)
    {
        var page = new StringBuilder();
        foreach (var block in blocks)
        {
            if (page.Length > 0)
                page.Append('\n');
            Append(page, block);
        }

        return page.ToString();
    }

    private static void Append(StringBuilder page, Block block)
    {
        switch (block)
        {
            case Heading heading:
                page.Append('#', heading.Level).Append(' ').Append(Escape(heading.Text)).Append('\n');
                break;
            case Paragraph paragraph:
                page.Append(Escape(paragraph.Text)).Append('\n');
                break;
            case Bullets bullets:
                foreach (var item in bullets.Items)
                    page.Append("- ").Append(Escape(item)).Append('\n');
                break;
            case Table table:
                Append(page, table);
                break;
        }
    }

    private static void Append(StringBuilder page, Table table)
    {
        var widths = table.Widths(Escape);
        Append(page, table, [.. table.Columns.Select(column => column.Head)], widths);
        foreach (var (column, width) in table.Columns.Zip(widths))
            page.Append(column.IsFigure ? "|-" : "| ").Append('-', width).Append(column.IsFigure ? ":" : " ");
        page.Append("|\n");
        foreach (var row in table.Rows)
            Append(page, table, row, widths);
    }

    private static void Append(StringBuilder page, Table table, IReadOnlyList<string> row, int[] widths)
    {
        for (var at = 0; at < row.Count; at++)
            page.Append("| ").Append(table.Columns[at].Pad(Escape(row[at]), widths[at])).Append(' ');
        page.Append("|\n");
    }

    /// <summary>What would be markup is shown as it is.</summary>
    private static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny(s_markup) < 0)
            return text;
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var character in text)
            escaped.Append(s_markup.Contains(character) ? "\\" : "").Append(character);
        return escaped.ToString();
    }
}
