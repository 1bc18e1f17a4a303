using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace OpenEntropy.Server.Bundles;

/// <summary>What a passphrase must have at least. It is no measure of strength: it refuses what is surely weak.</summary>
internal static class PassphraseRule
{
    /// <summary>Characters at least, as Unicode counts them: code points.</summary>
    public const int Shortest = 12;

    /// <summary>Characters at most.</summary>
    public const int Longest = 1024;

    /// <summary>Different characters at least.</summary>
    public const int LeastDifferent = 6;

    /// <summary>Why a passphrase is refused; null where it is not.</summary>
    /// <param name="passphrase">The passphrase.</param>
    public static string? WhyNot(ReadOnlySpan<char> passphrase)
    {
        Span<Rune> seen = stackalloc Rune[LeastDifferent];
        var (length, different) = (0, 0);
        foreach (var character in passphrase.EnumerateRunes())
        {
            length++;
            if (different < LeastDifferent && !seen[..different].Contains(character))
            {
                seen[different++] = character;
            }
        }

        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(seen));
        return length is < Shortest or > Longest ? $"a passphrase has {Shortest} to {Longest} characters"
            : different < LeastDifferent ? $"a passphrase has at least {LeastDifferent} different characters"
            : null;
    }
}
