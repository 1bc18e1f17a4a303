namespace OpenEntropy.Cli.Monitor.Painting;

/// <summary>The list of keys.</summary>
internal static class HelpPainter
{
    private const int KeyWidth = 12;

    private static readonly (string Key, string Does)[] s_keys =
    [
        ("q Ctrl-C", "quit"),
        ("? Esc", "show and hide this list"),
        ("j k arrows", "choose a source"),
        ("space", "switch it on or off"),
        ("t", "test it anew"),
        ("r", "read all figures now"),
        ("g G", "first, last source"),
        ("PgUp PgDn", "ten sources up, down"),
        ("Ctrl-L", "paint the screen anew"),
    ];

    private static readonly string[] s_notes =
    [
        "Raw samples that are taken for the histogram earn no credit. The entropies shown describe the latest samples; credit rests on the claim alone.",
        "failures: rct is the repetition count test, apt the adaptive proportion test (SP 800-90B, 4.4); cutoffs are those of an intermittent and of a permanent failure.",
    ];

    public static void Paint(Area area, Glyphs glyphs)
    {
        // Where the keys' own column would leave no room, each is followed by what it does.
        var row = 0;
        foreach (var (key, does) in s_keys)
        {
            var next = area.Write(0, row, key, Ink.Title);
            var column = area.Width >= 3 * KeyWidth ? KeyWidth : next + 1;
            area.Write(column, row++, glyphs.Fit(does, area.Width - column));
        }

        foreach (var note in s_notes)
        {
            row++;
            foreach (var line in TextWrap.Lines(note, Math.Min(area.Width, 76), 8, glyphs))
                area.Write(0, row++, line, Ink.Dim);
        }
    }
}
