using OpenEntropy.Cli.Monitor.Figures;

namespace OpenEntropy.Cli.Monitor.Painting;

/// <summary>The list of sources by category, with their states, around the one that is chosen.</summary>
internal static class ListPainter
{
    public static void Paint(Area area, MonitorModel model, Glyphs glyphs)
    {
        var rows = model.Sources.Rows;
        if (rows.Count == 0)
        {
            area.Write(0, 0, glyphs.Fit(model.Reading is null ? "no figures yet" : "no sources", area.Width), Ink.Dim);
            return;
        }

        var chosen = model.Sources.ChosenRow;
        var top = Math.Clamp(chosen - area.Height / 2, 0, Math.Max(0, rows.Count - area.Height));
        for (var i = 0; i < area.Height && top + i < rows.Count; i++)
        {
            if (rows[top + i].Source is null)
                PaintHeading(area.Rows(i, 1), rows[top + i].Category, model, glyphs);
            else
                PaintSource(area.Rows(i, 1), rows[top + i], top + i == chosen, glyphs);
        }
    }

    private static void PaintHeading(Area row, string category, MonitorModel model, Glyphs glyphs)
    {
        var (healthy, total) = model.Sources.CountOf(category);
        row.Write(0, 0, glyphs.Fit($"{FigureText.Words(category)} {healthy}/{total}", row.Width), Ink.Title);
    }

    private static void PaintSource(Area row, ListRow entry, bool isChosen, Glyphs glyphs)
    {
        var source = entry.Source!;
        var ink = isChosen ? Ink.Chosen : Ink.Plain;
        var state = StateInk.Of(source.State);
        row.Write(0, 0, new string(' ', row.Width), ink);
        row.Put(0, 0, isChosen ? glyphs.Pointer : ' ', ink);
        row.Put(1, 0, glyphs.OfState(source.State), isChosen ? ink : state);
        var word = FigureText.Words(source.State);
        var wordColumn = row.Width - 1 - word.Length;
        if (wordColumn < 3 + source.Name.Length + 1)
        {
            row.Write(3, 0, glyphs.Fit(source.Name, row.Width - 3), ink);
            return;
        }

        row.Write(3, 0, source.Name, ink);
        row.Write(wordColumn, 0, word, isChosen ? ink : state);
    }
}
