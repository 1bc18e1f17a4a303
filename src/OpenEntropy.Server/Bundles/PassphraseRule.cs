namespace OpenEntropy.Server.Bundles;

/// <summary>What a passphrase must have at least. It is no measure of strength: it refuses what is surely weak.</summary>
internal static class PassphraseRule
{
    /// <summary>Characters at least, UTF-16 code units.</summary>
    public const int Shortest = 12;

    /// <summary>Characters at most.</summary>
    public const int Longest = 1024;

    /// <summary>Different characters at least.</summary>
    public const int LeastDifferent = 6;

    /// <summary>Why a passphrase is refused; null where it is not.</summary>
    /// <param name="passphrase">The passphrase.</param>
    public static string? WhyNot(ReadOnlySpan<char> passphrase)
    {
        if (passphrase.Length is < Shortest or > Longest)
        {
            return $"a passphrase has {Shortest} to {Longest} characters";
        }

        Span<char> seen = stackalloc char[LeastDifferent];
        var different = 0;
        foreach (var character in passphrase)
        {
            if (different < LeastDifferent && !seen[..different].Contains(character))
            {
                seen[different++] = character;
            }
        }

        seen.Clear();
        return different < LeastDifferent ? $"a passphrase has at least {LeastDifferent} different characters" : null;
    }
}
