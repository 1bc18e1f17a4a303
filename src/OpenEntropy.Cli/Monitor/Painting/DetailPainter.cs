using OpenEntropy.Cli.Monitor.Figures;
using OpenEntropy.Server.Sources;

namespace OpenEntropy.Cli.Monitor.Painting;

/// <summary>The chosen source: what it is, how it does, its graph and its histogram.</summary>
internal static class DetailPainter
{
    private const int LabelWidth = 9;
    private const int PlotHeight = 4;
    private const int TallestPlot = 12;

    public static void Paint(Area area, MonitorModel model, Glyphs glyphs)
    {
        if (model.Sources.Chosen is not { } source)
            return;
        var row = PaintHead(area, source, glyphs);
        var plots = area.Height - row >= 2 * PlotHeight ? 2 * PlotHeight : 0;
        var lines = DetailText.Lines(source, model.Rates?.Samples(source.Name)).ToList();

        // Plots take what the text leaves, and of a high screen all of it.
        var text = Math.Min(lines.Count, Math.Max(4, area.Height - row - plots));
        foreach (var (label, value) in lines.Take(text))
        {
            area.Write(0, row, label, Ink.Dim);
            area.Write(LabelWidth, row, glyphs.Fit(value, area.Width - LabelWidth));
            row++;
        }

        PaintPlots(area.Rows(row, area.Height - row), model, source, glyphs);
    }

    private static int PaintHead(Area area, SourceBody source, Glyphs glyphs)
    {
        var column = area.Write(0, 0, source.Name, Ink.Title);
        column = area.Write(column + 1, 0, FigureText.Words(source.State), StateInk.Of(source.State));
        var since = $"since {FigureText.Moment(source.Since)}";
        if (column + 1 + since.Length <= area.Width)
            area.Write(column + 1, 0, since, Ink.Dim);
        var row = 1;
        var most = Math.Clamp((area.Height - 4) / 4, 1, 4);
        if (source.Reason is { } reason)
        {
            foreach (var line in TextWrap.Lines(reason, area.Width, most, glyphs))
                area.Write(0, row++, line, StateInk.Of(source.State));
        }

        foreach (var line in TextWrap.Lines(source.Mechanism, area.Width, most, glyphs))
            area.Write(0, row++, line);
        return row;
    }

    private static void PaintPlots(Area area, MonitorModel model, SourceBody source, Glyphs glyphs)
    {
        if (area.Height < PlotHeight)
            return;
        var height = Math.Min(TallestPlot, area.Height / 2);
        var graph = area.Height >= 2 * PlotHeight ? area.Rows(0, height) : area;
        var raw = model.Raw is { Window.Count: > 0 } watch ? watch : null;
        if (raw is null)
            EntropyGraph.Paint(graph, "latest samples", model.TrailOf(source.Name).Points, glyphs);
        else
            EntropyGraph.Paint(graph, $"{FigureText.Whole(raw.Window.Count)} raw", raw.Trail.Points, glyphs);
        if (area.Height >= 2 * PlotHeight)
            PaintHistogram(area.Rows(height, height), model, source, glyphs);
    }

    private static void PaintHistogram(Area area, MonitorModel model, SourceBody source, Glyphs glyphs)
    {
        if (model.Raw is { Window: { Count: > 0 } window })
        {
            Histogram.Paint(area, window, glyphs);
            return;
        }

        area.Write(0, 0, "no histogram", Ink.Title);
        var why =
            RawWatch.FindObstacle(source) ?? model.RawForbidden ?? model.Raw?.Why ?? "raw samples were asked for and have not come yet";
        var row = 1;
        foreach (var line in TextWrap.Lines(why, area.Width, area.Height - 1, glyphs))
            area.Write(0, row++, line, Ink.Dim);
    }
}
