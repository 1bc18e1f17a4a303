using System.Text;

namespace OpenEntropy.Fuzz.Parsers;

/// <summary>A parser, and what torn inputs for it are made of. A new one is an entry in a list of <c>Targets/</c>.</summary>
/// <param name="name">Lower case with underscores; also the folder of its kept inputs.</param>
/// <param name="parse">Parses, and throws a <see cref="BrokenRuleException"/> where the result breaks a rule of its own.</param>
/// <param name="corpus">Inputs that are right, at least one.</param>
internal sealed class ParserTarget(string name, Action<byte[]> parse, params byte[][] corpus)
{
    /// <summary>Of a text: UTF-8, or Latin-1 where the bytes are none.</summary>
    /// <param name="name">As above.</param>
    /// <param name="parse">As above.</param>
    /// <param name="corpus">As above.</param>
    public ParserTarget(string name, Action<string> parse, params string[] corpus)
        : this(name, bytes => parse(TextOf(bytes)), [.. corpus.Select(Encoding.UTF8.GetBytes)]) { }

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Inputs that are right.</summary>
    public IReadOnlyList<byte[]> Corpus => corpus;

    /// <summary>The exceptions that refuse an input; any other is a finding.</summary>
    public IReadOnlyList<Type> Refusals { get; init; } = [];

    /// <summary>What is put in anywhere, beside what every target gets.</summary>
    public IReadOnlyList<string> Pieces { get; init; } = [];

    /// <summary>How many tries it costs what one of the quickest costs.</summary>
    public int Cost { get; init; } = 1;

    /// <summary>The most memory that one input may make it allocate, bytes.</summary>
    public long MostMemory { get; init; } = 32 << 20;

    /// <summary>Parses an input.</summary>
    /// <param name="input">Any bytes.</param>
    public void Parse(byte[] input) => parse(input);

    /// <summary>A text of bytes.</summary>
    /// <param name="bytes">Any.</param>
    public static string TextOf(byte[] bytes) =>
        System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);
}
