using System.Text;

namespace OpenEntropy.Cli.Display;

/// <summary>What a text means, which on a terminal with colours is its colour.</summary>
internal enum Tone
{
    /// <summary>Nothing further.</summary>
    Plain,

    /// <summary>A name or a heading.</summary>
    Strong,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>To be looked at.</summary>
    Warning,

    /// <summary>Failed.</summary>
    Bad,

    /// <summary>Of little interest.</summary>
    Faint,
}

/// <summary>A text in one tone. Control characters, which a device's own words may hold, are shown as question marks.</summary>
internal readonly record struct Cell
{
    private readonly string? _text;

    public Cell(string? text, Tone tone = Tone.Plain) => (_text, Tone) = (Printable(text ?? ""), tone);

    /// <summary>What is shown.</summary>
    public string Text => _text ?? "";

    /// <summary>What it means.</summary>
    public Tone Tone { get; }

    public static implicit operator Cell(string? text) => new(text);

    private static string Printable(string text)
    {
        if (!text.Any(char.IsControl))
            return text;
        var printable = new StringBuilder(text.ReplaceLineEndings(" "));
        for (var i = 0; i < printable.Length; i++)
        {
            if (char.IsControl(printable[i]))
                printable[i] = '?';
        }

        return printable.ToString();
    }
}
