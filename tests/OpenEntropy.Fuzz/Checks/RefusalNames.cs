using OpenEntropy.Fuzz.Grammar;

namespace OpenEntropy.Fuzz.Checks;

/// <summary>Whether a refusal says what it is about.</summary>
internal static class RefusalNames
{
    // The service repeats no more of what it was sent.
    private const int LongestEcho = 64;

    /// <summary>Whether a message names, by whole words, a parameter of the route or one that it refuses, or a name or value of the request as it was sent or decoded, or the noise sources.</summary>
    /// <param name="request">The request.</param>
    /// <param name="message">The message.</param>
    public static bool Any(FuzzRequest request, string message) =>
        request.Route.Parameters.Select(each => each.Name).Concat(request.Route.Refuses).Any(name => HasWord(message, name))
        || message.Contains("/sources", StringComparison.Ordinal)
        || message.Contains("source named", StringComparison.Ordinal)
        || (request.NamesItsPage && message.Contains("a page of another site", StringComparison.Ordinal))
        || request.Route.Subjects.Any(each => message.Contains(each, StringComparison.Ordinal))
        || request.Parts.SelectMany(Texts).Any(text => message.Contains($"'{Cut(text)}'", StringComparison.Ordinal));

    // "generate" does not name the parameter "rate".
    private static bool HasWord(string message, string name)
    {
        for (
            var at = message.IndexOf(name, StringComparison.Ordinal);
            at >= 0;
            at = message.IndexOf(name, at + 1, StringComparison.Ordinal)
        )
        {
            var end = at + name.Length;
            if ((at == 0 || !IsOfAWord(message[at - 1])) && (end == message.Length || !IsOfAWord(message[end])))
                return true;
        }

        return false;
    }

    private static bool IsOfAWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static IEnumerable<string> Texts(string part)
    {
        foreach (var text in part.Split('=', 2))
        {
            yield return text;
            yield return text.TrimEnd(' '); // a space before the version of the protocol belongs to no target
            var decoded = Uri.UnescapeDataString(text.Replace('+', ' '));
            yield return decoded;
            yield return Uri.UnescapeDataString(text.TrimEnd(' ').Replace('+', ' '));
            foreach (var term in decoded.Split(',')) // of a selection the term is named that names nothing
                yield return term;
        }
    }

    private static string Cut(string text) =>
        text.Length <= LongestEcho ? text : text[..(char.IsHighSurrogate(text[LongestEcho - 1]) ? LongestEcho - 1 : LongestEcho)];
}
