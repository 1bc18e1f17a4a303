using OpenEntropy.Cli.Monitor.Figures;
using OpenEntropy.Server.Pool;

namespace OpenEntropy.Cli.Monitor.Painting;

/// <summary>The top lines: the state of the whole, the pool's fill, what goes in and out.</summary>
internal static class HeadPainter
{
    /// <summary>A window narrower than this has the state and the fill alone.</summary>
    public const int Narrow = 40;

    private const int Wide = 60;
    private const int BarWidth = 10;
    private const string Name = OpenEntropyCommand.Name;

    public static void Paint(Area area, MonitorModel model, Glyphs glyphs)
    {
        if (model.Reading?.Pool is not { } pool)
        {
            area.Write(0, 0, glyphs.Fit($"{Name} {model.Subject}", area.Width), Ink.Title);
            return;
        }

        var state = model.Trouble is null ? pool.State : "no answer";
        var ink = model.Trouble is null ? StateInk.Of(state) : Ink.Bad;
        if (area.Width < Narrow)
        {
            var column = area.Write(0, 0, state, ink);
            area.Write(column + 1, 0, glyphs.Fit($"pool {FigureText.Share(pool.Fill)}", area.Width - column - 1));
            area.Write(0, 1, glyphs.Fit($"out {FigureText.ByteRate(model.Rates?.Output)}", area.Width));
            return;
        }

        var up = $"up {FigureText.Time(pool.UptimeSeconds)}";
        var place = $"{model.Sources.ChosenIndex + 1}/{model.Sources.Count}";
        var next = area.Write(0, 0, $"{Name} {glyphs.Fit(model.Subject, area.Width - Name.Length - state.Length - 3)}", Ink.Title);
        next = area.Write(next + 2, 0, state, ink);
        if (next + 2 + up.Length <= area.Width)
            next = area.Write(next + 2, 0, up, Ink.Dim);
        if (next + 2 + place.Length <= area.Width)
            area.Write(area.Width - place.Length, 0, place, Ink.Dim);
        PaintPool(area.Rows(1, 1), model, pool, glyphs);
    }

    private static void PaintPool(Area row, MonitorModel model, PoolBody pool, Glyphs glyphs)
    {
        var column = row.Write(0, 0, "pool ", Ink.Dim);
        var bar = row.Width < Wide ? BarWidth / 2 : BarWidth;
        var filled = (int)Math.Floor(Math.Clamp(pool.Fill, 0, 1) * bar);
        column = row.Write(column, 0, new string(glyphs.Full, filled) + new string('.', bar - filled), Ink.Bar) - 1;
        string[] figures =
        [
            $"{pool.BlocksAvailable}/{pool.CapacityBlocks}",
            $"out {FigureText.ByteRate(model.Rates?.Output)}",
            $"in {FigureText.ByteRate(model.Rates?.RawInput)}",
            $"seeded {pool.Generators.Seeded}/{pool.Generators.Total}",
            $"{FigureText.Bytes(Rates.Generated(model.Reading!))} given",
            model.Rates?.Blocks is { } blocks ? $"{FigureText.Short(blocks)} blocks/s" : "",
        ];

        // A figure that does not fit whole is left out, and so is what follows it.
        foreach (var figure in figures)
        {
            if (column + 2 + figure.Length > row.Width)
                return;
            column = row.Write(column + 2, 0, figure);
        }
    }
}
