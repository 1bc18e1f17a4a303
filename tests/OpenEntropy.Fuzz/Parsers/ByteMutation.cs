using System.Buffers.Binary;
using System.Text;
using OpenEntropy.Fuzz.Grammar;

namespace OpenEntropy.Fuzz.Parsers;

/// <summary>Tears at inputs without regard to what they mean.</summary>
internal static class ByteMutation
{
    // An input that is as long as this grows no more.
    private const int Longest = 65_536;

    private const int MostChanges = 6;

    private static readonly ulong[] s_numbers =
    [
        0,
        1,
        7,
        0x7F,
        0x80,
        0xFF,
        0x7FFF,
        0x8000,
        0xFFFF,
        0x7FFF_FFFF,
        0x8000_0000,
        0xFFFF_FFFF,
        long.MaxValue,
        1UL << 63,
        ulong.MaxValue,
    ];

    private static readonly byte[][] s_pieces =
    [
        .. new[]
        {
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "true",
            "{}",
            "[]",
            "\"\"",
            "\\ud800",
            "\\u0000",
            "-1",
            "0",
            "1e999",
            "-0.0",
            "99999999999999999999",
            "NaN",
            "\u0130",
            "\ufeff",
            "\u2028",
            "\ud83d\ude00",
            "\r\n",
            "\n",
            "\0",
            "%00",
            "%",
            "=",
            "&",
            "../",
            "::1",
            "[::1%eth0]",
            "0x",
            "+",
            "-----BEGIN ",
        }.Select(Encoding.UTF8.GetBytes),
        [0xC0, 0x80],
        [0xED, 0xA0, 0x80],
        [0xF4, 0x90, 0x80, 0x80],
        [0xFF, 0xFE],
        [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF],
        [0x02, 0x81, 0x00],
    ];

    /// <summary>One of a target's inputs, changed in up to <see cref="MostChanges"/> places; one in sixteen is not changed.</summary>
    /// <param name="target">The target.</param>
    /// <param name="choices">The choices.</param>
    public static byte[] Make(ParserTarget target, Xorshift choices)
    {
        var input = (byte[])choices.One(target.Corpus).Clone();
        if (choices.Once(16))
            return input;
        for (var count = choices.Below(MostChanges); count >= 0; count--)
            input = Change(input, target, choices);
        return input;
    }

    private static byte[] Change(byte[] input, ParserTarget target, Xorshift choices)
    {
        if (input.Length is 0 or > Longest)
            return choices.Once(2) ? Piece(target, choices) : (byte[])choices.One(target.Corpus).Clone();
        var at = choices.Below(input.Length);
        var end = at + choices.Below(Math.Min(input.Length - at, choices.Once(4) ? input.Length : 16)) + 1;
        switch (choices.Below(10))
        {
            case 0:
                input[at] ^= (byte)(1 << choices.Below(8));
                return input;
            case 1:
                input[at] = (byte)choices.Below(256);
                return input;
            case 2:
                return [.. input[..at], (byte)choices.Below(256), .. input[at..]];
            case 3:
                return [.. input[..at], .. input[end..]];
            case 4:
                return [.. input[..end], .. input[at..]];
            case 5:
                return [.. input[..at], .. Piece(target, choices), .. input[at..]];
            case 6:
                return [.. input[..at], .. Piece(target, choices), .. input[end..]];
            case 7:
                return input[..at];
            case 8:
                return Splice(input, at, choices.One(target.Corpus), choices);
            default:
                WriteNumber(input.AsSpan(at), choices);
                return input;
        }
    }

    private static byte[] Piece(ParserTarget target, Xorshift choices) =>
        target.Pieces.Count > 0 && choices.Once(2)
            ? Encoding.UTF8.GetBytes(choices.One(target.Pieces))
            : (byte[])choices.One(s_pieces).Clone(); // what comes of it is changed in its place

    private static byte[] Splice(byte[] input, int at, byte[] other, Xorshift choices) =>
        other.Length == 0 ? input : [.. input[..at], .. other[choices.Below(other.Length)..]];

    // In either byte order, as wide as there is room for.
    private static void WriteNumber(Span<byte> target, Xorshift choices)
    {
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        var width = Math.Min(1 << choices.Below(4), target.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(number, choices.One(s_numbers));
        number = number[..width];
        if (choices.Once(2))
            number.Reverse();
        number.CopyTo(target);
    }
}
