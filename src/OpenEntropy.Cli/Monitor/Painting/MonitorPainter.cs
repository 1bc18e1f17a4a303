namespace OpenEntropy.Cli.Monitor.Painting;

/// <summary>
/// Paints the whole screen: head, list beside or above the chosen source, and below what is to be said. It depends on the model and the size alone, and
/// every size is painted: what does not fit is left out, the least important first.
/// </summary>
internal static class MonitorPainter
{
    private const int SideBySide = 72;
    private const int HighEnoughForTwo = 8;
    private const int HighEnoughForNotice = 12;

    private const string Keys = "q quit  ? help  j/k choose  space on/off  t retest  r refresh";

    /// <summary>Paints.</summary>
    /// <param name="model">What there is to show.</param>
    /// <param name="width">Columns; a terminal that does not know says 0.</param>
    /// <param name="height">Rows.</param>
    /// <param name="glyphs">The characters.</param>
    public static CellGrid Paint(MonitorModel model, int width, int height, Glyphs glyphs)
    {
        var grid = new CellGrid(width, height);
        var whole = grid.Whole;
        var head = height >= HighEnoughForTwo ? 2 : 1;
        var foot =
            height >= HighEnoughForNotice ? 2
            : height >= 3 ? 1
            : 0;
        HeadPainter.Paint(whole.Rows(0, head), model, glyphs);
        PaintFoot(whole.Rows(whole.Height - foot, foot), model, glyphs);
        var body = whole.Rows(head, whole.Height - head - foot);
        if (model.ShowsHelp)
            HelpPainter.Paint(body, glyphs);
        else
            PaintBody(body, model, glyphs);
        return grid;
    }

    private static void PaintBody(Area body, MonitorModel model, Glyphs glyphs)
    {
        if (body.Width >= SideBySide)
        {
            var list = Math.Clamp(body.Width * 3 / 8, 28, 40);
            ListPainter.Paint(body.Columns(0, list), model, glyphs);
            for (var row = 0; row < body.Height; row++)
                body.Put(list, row, glyphs.Frame, Ink.Dim);
            DetailPainter.Paint(body.Columns(list + 2, body.Width - list - 2), model, glyphs);
        }
        else if (body.Height >= HighEnoughForTwo)
        {
            var list = Math.Max(3, body.Height / 3);
            ListPainter.Paint(body.Rows(0, list), model, glyphs);
            DetailPainter.Paint(body.Rows(list + (body.Height >= 12 ? 1 : 0), body.Height), model, glyphs);
        }
        else
        {
            ListPainter.Paint(body, model, glyphs);
        }
    }

    private static void PaintFoot(Area foot, MonitorModel model, Glyphs glyphs)
    {
        var (notice, ink) = Notice(model);
        var last = foot.Height - 1;
        if (notice.Length > 0)
            foot.Write(0, 0, glyphs.Fit(notice, foot.Width), ink);
        if (notice.Length == 0 || foot.Height > 1)
            foot.Write(0, last, glyphs.Fit(Keys, foot.Width), Ink.Dim);
    }

    /// <summary>What is to be said, the most urgent first; empty where there is nothing.</summary>
    private static (string Text, Ink Ink) Notice(MonitorModel model) =>
        model.Trouble is { } trouble
            ? ($"no answer from {model.Subject} for {FigureText.Time(model.Silence.TotalSeconds)}: {trouble}; trying again", Ink.Bad)
        : model.Message is { } message ? (message, Ink.Warning)
        : model.Reading?.Pool is { Reason: { } reason } pool ? (reason, StateInk.Of(pool.State))
        : ("", Ink.Plain);
}
