namespace OpenEntropy.Server.Audit;

/// <summary>Texts that are of no fixed vocabulary.</summary>
internal static class AuditText
{
    /// <summary>The most characters of one.</summary>
    public const int Longest = 256;

    /// <summary>The first characters, without halves of pairs, which are no characters and which no reader of JSON takes.</summary>
    /// <param name="text">The text.</param>
    public static string Clean(string text)
    {
        var cut = text.Length <= Longest ? text : text[..Longest];
        return cut.Any(char.IsSurrogate) ? string.Concat(cut.Select(unit => char.IsSurrogate(unit) ? '\ufffd' : unit)) : cut;
    }
}
