using System.Buffers;
using System.Text;

namespace OpenEntropy.Values;

/// <summary>
/// Strings over an alphabet, every string of a length as likely as any other: each character's place in the alphabet is drawn as
/// <see cref="IntegerRange"/> draws 0 to n − 1, the first character first. Characters are Unicode code points; nothing is normalized.
/// </summary>
public sealed class Alphabet
{
    /// <summary>The mapping's name and version.</summary>
    public const string Mapping = "strings/1";

    /// <summary>The fewest characters.</summary>
    public const int Fewest = 2;

    /// <summary>The most characters.</summary>
    public const int Most = 1024;

    private readonly Rune[] _characters;
    private readonly UniformWord _place;

    /// <summary>An alphabet.</summary>
    /// <param name="characters">2 to 1,024 distinct code points, in their order.</param>
    /// <exception cref="ArgumentException">There are fewer or more, one occurs twice, or a half of a surrogate pair stands alone.</exception>
    public Alphabet(string characters)
    {
        ArgumentNullException.ThrowIfNull(characters);
        if (FindProblem(characters, out _characters) is { } problem)
            throw new ArgumentException($"The alphabet {problem}.", nameof(characters));
        _place = new UniformWord((ulong)_characters.Length - 1);
    }

    /// <summary>The characters.</summary>
    public IReadOnlyList<Rune> Characters => _characters;

    /// <summary>What one character consumes.</summary>
    internal ByteNeed Need => _place.Need;

    /// <summary>The place of the next character.</summary>
    /// <param name="supply">Gives the bytes.</param>
    public int NextPlace(ByteSupply supply)
    {
        ArgumentNullException.ThrowIfNull(supply);
        return (int)_place.Next(supply);
    }

    /// <summary>The next string.</summary>
    /// <param name="supply">Gives the bytes.</param>
    /// <param name="length">Code points.</param>
    public string NextString(ByteSupply supply, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var text = new StringBuilder(length);
        for (var i = 0; i < length; i++)
            text.Append(_characters[NextPlace(supply)]);
        return text.ToString();
    }

    /// <summary>Why text is no alphabet, as the end of a sentence; null where it is one.</summary>
    internal static string? FindProblem(string text, out Rune[] characters)
    {
        var found = new List<Rune>();
        characters = [];
        for (var rest = text.AsSpan(); !rest.IsEmpty; )
        {
            if (Rune.DecodeFromUtf16(rest, out var character, out var units) != OperationStatus.Done)
                return "must be valid Unicode";
            if (found.Count == Most)
                return Range;
            found.Add(character);
            rest = rest[units..];
        }

        characters = [.. found];
        return found.Count < Fewest ? Range
            : found.Distinct().Count() < found.Count ? "must hold no character twice"
            : null;
    }

    private static string Range => $"must have between {Fewest} and {Most} characters";
}
