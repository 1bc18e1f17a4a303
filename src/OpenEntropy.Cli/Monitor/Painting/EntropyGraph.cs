using OpenEntropy.Cli.Monitor.Figures;

namespace OpenEntropy.Cli.Monitor.Painting;

/// <summary>Entropies over time, the latest at the right: min-entropy as bars, Shannon entropy as points at or above their tops.</summary>
internal static class EntropyGraph
{
    private const int LabelWidth = 3;
    private const int Eighths = 8;

    // The axis ends at one of these, so that it does not change with every point.
    private static readonly double[] s_tops = [0.5, 1, 2, 4, 8];

    /// <summary>Paints.</summary>
    /// <param name="area">Where: the first row is the title's.</param>
    /// <param name="title">What the points are of.</param>
    /// <param name="points">The points, the latest last.</param>
    /// <param name="glyphs">The characters.</param>
    public static void Paint(Area area, string title, IReadOnlyCollection<EntropyPoint> points, Glyphs glyphs)
    {
        area.Write(0, 0, glyphs.Fit($"bits/sample: bars min, {glyphs.Point} Shannon; {title}", area.Width), Ink.Title);
        var plot = area.Rows(1, area.Height - 1).Columns(LabelWidth + 1, area.Width - LabelWidth - 1);
        if (plot.Height < 1 || plot.Width < 1)
            return;
        var shown = points.Skip(Math.Max(0, points.Count - plot.Width)).ToList();
        if (shown.Count == 0)
        {
            area.Write(0, 1, glyphs.Fit("no samples yet", area.Width), Ink.Dim);
            return;
        }

        var most = shown.Max(point => point.Shannon);
        var top = Array.Find(s_tops, each => each >= most) is > 0 and var found ? found : s_tops[^1];
        PaintAxis(area.Rows(1, area.Height - 1), top, glyphs);
        for (var i = 0; i < shown.Count; i++)
            PaintPoint(plot.Columns(plot.Width - shown.Count + i, 1), shown[i], top, glyphs);
    }

    private static void PaintAxis(Area area, double top, Glyphs glyphs)
    {
        for (var row = 0; row < area.Height; row++)
            area.Put(LabelWidth, row, glyphs.Frame, Ink.Dim);
        area.Write(0, 0, FigureText.Short(top).PadLeft(LabelWidth)[..LabelWidth], Ink.Dim);
        if (area.Height > 1)
            area.Write(0, area.Height - 1, "0".PadLeft(LabelWidth), Ink.Dim);
    }

    private static void PaintPoint(Area column, EntropyPoint point, double top, Glyphs glyphs)
    {
        var filled = (int)Math.Round(Math.Clamp(point.Minimum / top, 0, 1) * column.Height * Eighths);
        for (var row = 0; row < column.Height; row++)
        {
            var eighths = filled - (column.Height - 1 - row) * Eighths;
            if (eighths > 0)
                column.Put(0, row, glyphs.Filled(eighths), Ink.Bar);
        }

        // A point is seen above its bar, or as the bar's last cell where they meet.
        var height = Math.Clamp(point.Shannon / top, 0, 1) * column.Height;
        var at = column.Height - 1 - Math.Min(column.Height - 1, (int)height);
        if (filled - (column.Height - 1 - at) * Eighths <= 0)
            column.Put(0, at, glyphs.Point, Ink.Point);
    }
}
