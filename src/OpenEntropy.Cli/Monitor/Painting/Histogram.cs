using OpenEntropy.Cli.Monitor.Figures;

namespace OpenEntropy.Cli.Monitor.Painting;

/// <summary>How often each value occurs among the latest raw samples: neighbouring values share a column where there are too few.</summary>
internal static class Histogram
{
    private const int Eighths = 8;

    /// <summary>Paints.</summary>
    /// <param name="area">Where: the first row is the title's.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="glyphs">The characters.</param>
    public static void Paint(Area area, SampleWindow samples, Glyphs glyphs)
    {
        if (area.Width < 1)
            return;
        var bins = Bins(samples, area.Width);
        var most = bins.Max();
        var perColumn = SampleWindow.Values / bins.Length;
        area.Write(
            0,
            0,
            glyphs.Fit(
                $"values in {FigureText.Whole(samples.Count)} raw samples: most {FigureText.Whole(most)}, {perColumn} a bar",
                area.Width
            ),
            Ink.Title
        );
        var plot = area.Rows(1, area.Height - 1);
        for (var bin = 0; bin < bins.Length; bin++)
        {
            // What occurs at all is seen.
            var filled = bins[bin] == 0 ? 0 : Math.Max(1, (int)Math.Round((double)bins[bin] / most * plot.Height * Eighths));
            for (var row = 0; row < plot.Height; row++)
            {
                var eighths = filled - (plot.Height - 1 - row) * Eighths;
                plot.Put(bin, row, eighths > 0 ? glyphs.Filled(eighths) : ' ', Ink.Bar);
            }
        }
    }

    /// <summary>The samples in as many bins of equal width as there are columns, at most one for each value.</summary>
    private static int[] Bins(SampleWindow samples, int columns)
    {
        var count = SampleWindow.Values;
        while (count > columns)
            count /= 2;
        var bins = new int[count];
        for (var value = 0; value < SampleWindow.Values; value++)
            bins[value * count / SampleWindow.Values] += samples.Counts[value];
        return bins;
    }
}
