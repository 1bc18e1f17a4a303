namespace OpenEntropy.Cli.Monitor.Painting;

/// <summary>Breaks text between words.</summary>
internal static class TextWrap
{
    /// <summary>The lines of a text.</summary>
    /// <param name="text">One paragraph.</param>
    /// <param name="width">Columns a line has.</param>
    /// <param name="most">Lines there may be; the last is cut where there were more.</param>
    /// <param name="glyphs">Has the sign for what was cut.</param>
    public static IEnumerable<string> Lines(string text, int width, int most, Glyphs glyphs)
    {
        if (width <= 0)
            yield break;
        var rest = text.AsMemory().Trim();
        for (var line = 1; line <= most && rest.Length > 0; line++)
        {
            if (line == most || rest.Length <= width)
            {
                yield return glyphs.Fit(rest.ToString(), width);
                yield break;
            }

            var space = rest.Span[..(width + 1)].LastIndexOf(' ');
            var end = space > 0 ? space : width; // a word longer than a line
            yield return rest[..end].ToString();
            rest = rest[end..].TrimStart();
        }
    }
}
