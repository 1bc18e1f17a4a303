using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenEntropy.Server.Values;

/// <summary>The text of an answer as it grows: elements with what separates them, in memory that is zeroed before it goes back.</summary>
/// <param name="lines">Whether each element stands on a line of its own; otherwise they are those of a JSON array.</param>
internal sealed class ValueText(bool lines) : IDisposable
{
    /// <summary>The longest text of a number with its separator and quotes, bytes: the doubles that need most take 24.</summary>
    public const int LongestNumber = 32;

    private const int LeastRoom = 4096;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(LeastRoom);
    private int _length;

    /// <summary>Elements so far.</summary>
    public int Count { get; private set; }

    /// <summary>The text so far, UTF-8.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

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
        encoded.CopyTo(Room(encoded.Length));
        _length += encoded.Length;
    }

    /// <summary>Appends the digits of a number.</summary>
    /// <param name="value">The number.</param>
    public void Append(long value)
    {
        value.TryFormat(Room(LongestNumber), out var written, provider: CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <summary>Appends lower-case hexadecimal digits.</summary>
    /// <param name="bytes">What they say.</param>
    public void AppendHex(ReadOnlySpan<byte> bytes)
    {
        _ = Convert.TryToHexStringLower(bytes, Room(2 * bytes.Length), out var written);
        _length += written;
    }

    /// <summary>Begins anew, without an element.</summary>
    public void Clear() => (_length, Count) = (0, 0);

    /// <summary>Zeroes the memory and gives it back. To be called once.</summary>
    public void Dispose() => GiveBack(_bytes);

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
            var grown = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _bytes.Length, _length + length));
            _bytes.AsSpan(0, _length).CopyTo(grown);
            GiveBack(_bytes);
            _bytes = grown;
        }

        return _bytes.AsSpan(_length);
    }
}
