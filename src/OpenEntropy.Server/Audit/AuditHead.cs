using System.Buffers;
using System.Security.Cryptography;

namespace OpenEntropy.Server.Audit;

/// <summary>Where the chain stands.</summary>
/// <param name="Sequence">The number of the last entry; 0 before the first.</param>
/// <param name="Hash">SHA-256 of its line with the line feed, 64 lower-case hexadecimal digits; zeros before the first.</param>
internal sealed record AuditHead(long Sequence, string Hash)
{
    /// <summary>Digits of a hash.</summary>
    public const int HashDigits = 2 * SHA256.HashSizeInBytes;

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Before the first entry.</summary>
    public static AuditHead None { get; } = new(0, new string('0', HashDigits));

    /// <summary>After a line.</summary>
    /// <param name="sequence">Its number.</param>
    /// <param name="line">Its bytes, with the line feed.</param>
    public static AuditHead After(long sequence, ReadOnlySpan<byte> line) => new(sequence, Convert.ToHexStringLower(SHA256.HashData(line)));

    /// <summary>Whether a text is written as a hash is.</summary>
    /// <param name="text">The text.</param>
    public static bool IsHash(ReadOnlySpan<char> text) => text.Length == HashDigits && !text.ContainsAnyExcept(s_digits);
}
