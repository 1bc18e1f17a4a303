using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenEntropy.Server.Values;

/// <summary>
/// The text of an answer as it grows: elements with what separates them, in parts, so that nothing is copied as it grows, and in memory that is
/// zeroed before it goes back.
/// </summary>
/// <param name="lines">Whether each element stands on a line of its own; otherwise they are those of a JSON array.</param>
internal sealed class ValueText(bool lines) : IDisposable
{
    /// <summary>The longest text of a number with its separator and quotes, bytes: the doubles that need most take 24.</summary>
    public const int LongestNumber = 32;

    private const int FirstPart = 4096;
    private const int Part = 16_384;

    // What is written in one piece; so much at most stays empty at the end of a part.
    private const int LongestPiece = 2048;

    private readonly List<(byte[] Bytes, int Length)> _full = [];
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstPart);
    private int _length;

    /// <summary>Elements so far.</summary>
    public int Count { get; private set; }

    /// <summary>The text so far, UTF-8, in its parts.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Parts =>
        [.. _full.Select(part => part.Bytes.AsMemory(0, part.Length)), _bytes.AsMemory(0, _length)];

    /// <summary>The text's length, bytes.</summary>
    public long Length => _full.Sum(part => (long)part.Length) + _length;

    /// <summary>The memory it takes, bytes.</summary>
    public long Held => FirstPart + ((long)_full.Count * Part);

    /// <summary>The most memory that a text takes, bytes.</summary>
    /// <param name="length">Its length, bytes.</param>
    public static long HeldFor(long length) =>
        length <= FirstPart - LongestPiece ? FirstPart : FirstPart + (((length / (Part - LongestPiece)) + 1) * Part);

    /// <summary>Text as an answer has it between the quotes of JSON, or on a line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="lines">Whether it stands on a line.</param>
    public static byte[] Encode(string text, bool lines) =>
        lines
            ? Encoding.UTF8.GetBytes(text)
            : [.. JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes];

    /// <summary>Adds a whole number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="quoted">Whether JSON holds it as a string.</param>
    public void AddNumber(long value, bool quoted)
    {
        if (quoted)
        {
            Begin();
        }
        else
        {
            Separate();
        }

        Append(value);
        Finish(quoted);
    }

    /// <summary>Adds a number as the shortest decimal that reads back as the same double.</summary>
    /// <param name="value">Finite.</param>
    public void AddNumber(double value)
    {
        Separate();
        value.TryFormat(Room(LongestNumber), out var written, "R", CultureInfo.InvariantCulture);
        _length += written;
        Finish(quoted: false);
    }

    /// <summary>Adds text.</summary>
    /// <param name="encoded">From <see cref="Encode"/>.</param>
    public void AddText(ReadOnlySpan<byte> encoded)
    {
        Begin();
        Append(encoded);
        End();
    }

    /// <summary>Begins an element of text, whose parts are appended.</summary>
    public void Begin()
    {
        Separate();
        if (!lines)
        {
            Append("\""u8);
        }
    }

    /// <summary>Ends it.</summary>
    public void End() => Finish(quoted: true);

    /// <summary>Appends a part of an element, or what is none.</summary>
    /// <param name="encoded">UTF-8.</param>
    public void Append(ReadOnlySpan<byte> encoded)
    {
        while (!encoded.IsEmpty)
        {
            var room = Room(1);
            var count = Math.Min(room.Length, encoded.Length);
            encoded[..count].CopyTo(room);
            _length += count;
            encoded = encoded[count..];
        }
    }

    /// <summary>Appends the digits of a number.</summary>
    /// <param name="value">The number.</param>
    public void Append(long value)
    {
        value.TryFormat(Room(LongestNumber), out var written, provider: CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <summary>Appends lower-case hexadecimal digits.</summary>
    /// <param name="bytes">What they say, at most 1,024 of them.</param>
    public void AppendHex(ReadOnlySpan<byte> bytes)
    {
        _ = Convert.TryToHexStringLower(bytes, Room(2 * bytes.Length), out var written);
        _length += written;
    }

    /// <summary>Begins anew, without an element.</summary>
    public void Clear()
    {
        GiveBackFull();
        (_length, Count) = (0, 0);
    }

    /// <summary>Zeroes the memory and gives it back. To be called once.</summary>
    public void Dispose()
    {
        GiveBackFull();
        GiveBack(_bytes);
    }

    private void GiveBackFull()
    {
        _full.ForEach(part => GiveBack(part.Bytes));
        _full.Clear();
    }

    private static void GiveBack(byte[] bytes)
    {
        CryptographicOperations.ZeroMemory(bytes);
        ArrayPool<byte>.Shared.Return(bytes);
    }

    private void Separate()
    {
        if (!lines && Count > 0)
        {
            Append(","u8);
        }

        Count++;
    }

    private void Finish(bool quoted)
    {
        if (lines)
        {
            Append("\n"u8);
        }
        else if (quoted)
        {
            Append("\""u8);
        }
    }

    private Span<byte> Room(int length)
    {
        if (_bytes.Length - _length < length)
        {
            _full.Add((_bytes, _length));
            (_bytes, _length) = (ArrayPool<byte>.Shared.Rent(Part), 0);
        }

        return _bytes.AsSpan(_length);
    }
}
