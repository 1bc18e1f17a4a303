using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpenEntropy.Pqc.Ledger;

/// <summary>
/// A line of the index: four fields with a space between, and a line feed. The hashes are SHA-256 in lower-case digits; that of the previous line
/// includes its line feed, and is all zeros in the first line.
/// </summary>
/// <param name="Sequence">1 for the first line, one more for each that follows.</param>
/// <param name="Id">The bundle: 32 lower-case hexadecimal digits.</param>
/// <param name="FileSha256">The hash of its file.</param>
/// <param name="PreviousSha256">The hash of the line before.</param>
internal sealed record LedgerEntry(long Sequence, string Id, string FileSha256, string PreviousSha256)
{
    /// <summary>Digits of an id.</summary>
    public const int IdLength = 32;

    private const int HashLength = 2 * SHA256.HashSizeInBytes;
    private const int Fields = 4;

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdef");

    /// <summary>What the first line has in place of a hash.</summary>
    public static string NoPrevious { get; } = new('0', HashLength);

    /// <summary>The line, with its line feed.</summary>
    public string Line => string.Create(CultureInfo.InvariantCulture, $"{Sequence} {Id} {FileSha256} {PreviousSha256}\n");

    /// <summary>The hash that the next line has.</summary>
    public string LineSha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Line)));

    /// <summary>Whether a text is an id, and so safe as the name of a file.</summary>
    /// <param name="text">The text.</param>
    public static bool IsId(ReadOnlySpan<char> text) => text.Length == IdLength && AreDigits(text);

    /// <summary>Reads a line; null for anything that is not written as <see cref="Line"/> is.</summary>
    /// <param name="line">Without its line feed.</param>
    public static LedgerEntry? Parse(string line)
    {
        var fields = line.Split(' ');
        return
            fields.Length == Fields
            && long.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            && fields[0] == sequence.ToString(CultureInfo.InvariantCulture)
            && IsId(fields[1])
            && IsHash(fields[2])
            && IsHash(fields[3])
            ? new LedgerEntry(sequence, fields[1], fields[2], fields[3])
            : null;
    }

    private static bool IsHash(string text) => text.Length == HashLength && AreDigits(text);

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(s_digits);
}
