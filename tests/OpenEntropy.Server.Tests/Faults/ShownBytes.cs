using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace OpenEntropy.Server.Tests.Faults;

/// <summary>Everything that was served, and whether a text repeats eight bytes of it in any notation.</summary>
internal sealed partial class ShownBytes
{
    private const int Window = sizeof(ulong);
    private const int MatchMilliseconds = 10_000;

    private readonly HashSet<ulong> _windows = [];

    /// <summary>Remembers an answer.</summary>
    public void Add(ReadOnlySpan<byte> served)
    {
        for (var i = 0; i + Window <= served.Length; i++)
        {
            _windows.Add(BinaryPrimitives.ReadUInt64BigEndian(served[i..]));
        }
    }

    /// <summary>The first place where a text holds eight served bytes as they are, in hexadecimal, in base64 or in decimal; null where none does.</summary>
    public string? FindIn(string text) =>
        Repeats(Encoding.Latin1.GetBytes(text)) ? "as they are"
        : Candidates(Hexadecimal(), text, 2, part => Convert.FromHexString(part[..(part.Length / 2 * 2)])) is { } hex
            ? $"hexadecimal: {hex}"
        : Candidates(Base64(), text.Replace('-', '+').Replace('_', '/'), 4, FromBase64) is { } base64 ? $"base64: {base64}"
        : Candidates(DecimalList(), text, 1, FromDecimals) is { } list ? $"decimal: {list}"
        : Number().Matches(text).Select(match => match.Value).FirstOrDefault(IsServedNumber);

    [GeneratedRegex("[0-9a-fA-F]{16,}", RegexOptions.None, MatchMilliseconds)]
    private static partial Regex Hexadecimal();

    [GeneratedRegex("[0-9a-zA-Z+/]{11,}", RegexOptions.None, MatchMilliseconds)]
    private static partial Regex Base64();

    [GeneratedRegex(@"\d{1,3}(?:[^0-9]{1,3}\d{1,3}){7,}", RegexOptions.None, MatchMilliseconds)]
    private static partial Regex DecimalList();

    [GeneratedRegex(@"\d{15,20}", RegexOptions.None, MatchMilliseconds)]
    private static partial Regex Number();

    /// <summary>A run of digits may begin in the middle of a group: every shift is tried.</summary>
    private string? Candidates(Regex runs, string text, int group, Func<string, byte[]> decode) =>
        runs.Matches(text)
            .SelectMany(match => Enumerable.Range(0, group).Select(shift => match.Value[shift..]))
            .FirstOrDefault(part => Repeats(decode(part)));

    private bool Repeats(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i + Window <= bytes.Length; i++)
        {
            if (_windows.Contains(BinaryPrimitives.ReadUInt64BigEndian(bytes[i..])))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsServedNumber(string digits) =>
        ulong.TryParse(digits, out var number)
        && (_windows.Contains(number) || _windows.Contains(BinaryPrimitives.ReverseEndianness(number)));

    private static byte[] FromBase64(string part)
    {
        var whole = part.Length % 4 == 1 ? part[..^1] : part;
        return Convert.FromBase64String(whole.PadRight((whole.Length + 3) / 4 * 4, '='));
    }

    private static byte[] FromDecimals(string list) =>
        [
            .. Digits()
                .Matches(list)
                .Select(match => int.Parse(match.Value))
                .Where(number => number <= byte.MaxValue)
                .Select(number => (byte)number),
        ];

    [GeneratedRegex(@"\d+", RegexOptions.None, MatchMilliseconds)]
    private static partial Regex Digits();
}
