using System.Text;

namespace OpenEntropy.Assessment.Reports.Pages;

/// <summary>Pages for a terminal: lines of 100 characters at most but in tables, and no markup.</summary>
internal static class PlainTextWriter
{
    private const int LineLength = 100;

    public static string Write(IReadOnlyList<Block> blocks)
    {
        var page = new StringBuilder();
        foreach (var block in blocks)
        {
            if (page.Length > 0 && block is not Table)
                page.Append('\n');
            Append(page, block);
        }

        return page.ToString();
    }

    private static void Append(StringBuilder page, Block block)
    {
        switch (block)
        {
            case Heading { Level: 1 } title:
                page.Append(title.Text).Append('\n').Append('=', title.Text.Length).Append('\n');
                break;
            case Heading heading:
                page.Append(heading.Text).Append('\n');
                break;
            case Paragraph paragraph:
                Wrap(page, "", paragraph.Text);
                break;
            case Bullets bullets:
                foreach (var item in bullets.Items)
                    Wrap(page, "- ", item);
                break;
            case Table table:
                Append(page, table);
                break;
        }
    }

    private static void Wrap(StringBuilder page, string lead, string text)
    {
        var length = 0;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (length == 0)
            {
                page.Append(lead);
                length = lead.Length;
            }
            else if (length + 1 + word.Length > LineLength)
            {
                page.Append('\n').Append(' ', lead.Length);
                length = lead.Length;
            }
            else
            {
                page.Append(' ');
                length++;
            }

            page.Append(word);
            length += word.Length;
        }

        page.Append('\n');
    }

    private static void Append(StringBuilder page, Table table)
    {
        var widths = table.Widths(text => text);
        Append(page, table, [.. table.Columns.Select(column => column.Head)], widths);
        foreach (var row in table.Rows)
            Append(page, table, row, widths);
    }

    private static void Append(StringBuilder page, Table table, IReadOnlyList<string> row, int[] widths)
    {
        var line = string.Concat(row.Select((cell, at) => "  " + table.Columns[at].Pad(cell, widths[at])));
        page.Append(line.TrimEnd()).Append('\n');
    }
}
