namespace OpenEntropy.Server.Errors;

/// <summary>What callers sent, as messages repeat it: a refusal is not to be as long as what it refuses.</summary>
internal static class Echo
{
    /// <summary>The most characters that are repeated.</summary>
    public const int Longest = 64;

    /// <summary>The text, or its beginning; a character that takes two units is not cut in half.</summary>
    /// <param name="text">What was sent.</param>
    public static ReadOnlySpan<char> Cut(ReadOnlySpan<char> text) =>
        text.Length <= Longest ? text
        : char.IsHighSurrogate(text[Longest - 1]) ? text[..(Longest - 1)]
        : text[..Longest];
}
