namespace OpenEntropy.Fuzz.Grammar;

/// <summary>Tears at texts without regard to what they mean.</summary>
internal static class Mutation
{
    private const int LongestText = 7000;

    // Of all byte values few pass the web server, so that most changes are to characters that do.
    private const int UnprintableOnceIn = 200;

    /// <summary>A query string, changed in one to four places.</summary>
    /// <param name="parts">What stands between its ampersands.</param>
    /// <param name="choices">The choices.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> parts, Xorshift choices)
    {
        var text = string.Join('&', parts);
        for (var count = choices.Below(4); count >= 0; count--)
            text = Change(text, choices, HostileText.Pieces);

        // A line end would be the end of the request line, and what follows it another request.
        text = text.Replace('\r', '_').Replace('\n', '_');
        return text.Length == 0 ? [] : text.Split('&');
    }

    /// <summary>A header's value, changed in one to three places; it stays printable, as the web server wants it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="choices">The choices.</param>
    public static string OfHeader(string value, Xorshift choices)
    {
        for (var count = choices.Below(3); count >= 0; count--)
            value = Change(value, choices, HostileHeaders.Accepts);
        return string.Concat(value.Where(c => c is >= ' ' and <= '~')).Trim();
    }

    /// <summary>A body, changed in one to four places.</summary>
    /// <param name="content">The body; a character is a byte.</param>
    /// <param name="pieces">What is put in anywhere.</param>
    /// <param name="choices">The choices.</param>
    public static string OfBody(string content, IReadOnlyList<string> pieces, Xorshift choices)
    {
        for (var count = choices.Below(4); count >= 0; count--)
            content = Change(content, choices, pieces);
        return content;
    }

    private static string Change(string text, Xorshift choices, IReadOnlyList<string> pieces)
    {
        if (text.Length is 0 or > LongestText)
            return choices.One(pieces);
        var at = choices.Below(text.Length);
        var end = at + choices.Below(Math.Min(text.Length - at, 16)) + 1;
        return choices.Below(6) switch
        {
            0 => $"{text[..at]}{Character(choices)}{text[(at + 1)..]}",
            1 => $"{text[..at]}{Character(choices)}{text[at..]}",
            2 => text[..at] + text[end..],
            3 => text[..at] + text[at..end] + text[at..],
            4 => text[..at] + choices.One(pieces) + text[at..],
            _ => text[end..] + text[..end],
        };
    }

    private static char Character(Xorshift choices) =>
        choices.Once(UnprintableOnceIn) ? (char)choices.Below(256) : (char)('!' + choices.Below('~' - '!' + 1));
}
