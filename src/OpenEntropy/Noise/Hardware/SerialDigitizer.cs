using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;

namespace OpenEntropy.Noise.Hardware;

/// <summary>
/// What a generator on a serial port sends, made into samples. Bytes are samples as they are. Lines count as a whole or not at all: the first, of
/// which the beginning may have been missed, is dropped, and so is one that holds anything else. Pure: the port is <see cref="SerialTrngSource"/>'s.
/// </summary>
/// <param name="framing">How it sends.</param>
internal sealed class SerialDigitizer(SerialFraming framing)
{
    /// <summary>The most bytes received at once.</summary>
    public const int MaximumReceived = 256;

    /// <summary>The longest line, in characters: 512 hexadecimal bytes.</summary>
    public const int MaximumLine = 1024;

    /// <summary>Unreadable lines in a row that are taken for something else, such as a microcontroller's greeting after a reset.</summary>
    public const int UnreadableLines = 64;

    private const string HexPrefix = "0x";

    private static readonly SearchValues<char> s_betweenBytes = SearchValues.Create(" \t\r,:");
    private static readonly SearchValues<char> s_betweenNumbers = SearchValues.Create(" \t\r,;");

    private readonly char[] _line = new char[MaximumLine];
    private readonly byte[] _samples = new byte[MaximumLine + MaximumReceived];
    private int _length;
    private int _count;
    private int _taken;
    private int _unreadable;
    private bool _skipping;

    /// <summary>True when all samples were taken: only then may more be received.</summary>
    public bool IsEmpty => _taken == _count;

    /// <summary>Forgets everything, as at the opening of a port.</summary>
    public void Reset()
    {
        (_length, _count, _taken, _unreadable) = (0, 0, 0, 0);
        _skipping = framing != SerialFraming.Raw;
        Array.Clear(_line);
        CryptographicOperations.ZeroMemory(_samples);
    }

    /// <summary>Receives bytes.</summary>
    /// <param name="received">At most <see cref="MaximumReceived"/>.</param>
    /// <exception cref="NoiseSourceException">Too many lines in a row were unreadable.</exception>
    public void Receive(ReadOnlySpan<byte> received)
    {
        (_count, _taken) = (0, 0);
        if (framing == SerialFraming.Raw)
        {
            received.CopyTo(_samples); // digitization: one sample is one byte
            _count = received.Length;
            return;
        }

        foreach (var character in received)
        {
            if (character == (byte)'\n')
                EndLine();
            else if (_length < MaximumLine)
                _line[_length++] = (char)character;
            else
                Overrun();
        }
    }

    /// <summary>Gives samples.</summary>
    /// <param name="samples">Receives as many as there are and fit.</param>
    /// <returns>How many.</returns>
    public int Take(Span<byte> samples)
    {
        var count = Math.Min(samples.Length, _count - _taken);
        var taken = _samples.AsSpan(_taken, count);
        taken.CopyTo(samples);
        CryptographicOperations.ZeroMemory(taken);
        _taken += count;
        return count;
    }

    private void EndLine()
    {
        var line = _line.AsSpan(0, _length);
        var before = _count;
        var readable = _skipping || (framing == SerialFraming.Hex ? TryBytes(line) : TryNumbers(line));
        line.Clear();
        (_length, _skipping) = (0, false);
        if (!readable)
        {
            _count = before;
            CountUnreadable();
        }
        else if (_count > before)
        {
            _unreadable = 0;
        }
    }

    /// <summary>The line is too long: the rest of it is skipped, and counted again each time it is as long once more.</summary>
    private void Overrun()
    {
        (_length, _skipping) = (0, true);
        CountUnreadable();
    }

    private void CountUnreadable()
    {
        if (++_unreadable >= UnreadableLines)
            throw new NoiseSourceException(
                $"it sent {UnreadableLines} lines in a row that are no {(framing == SerialFraming.Hex ? "hexadecimal bytes" : "whole numbers")}"
            );
    }

    private bool TryBytes(ReadOnlySpan<char> line)
    {
        foreach (var range in line.SplitAny(s_betweenBytes))
        {
            var digits = WithoutPrefix(line[range]);
            if (digits.Length % 2 != 0)
                return false;
            for (; digits.Length > 0; digits = digits[2..])
            {
                // digitization: one sample is one byte
                if (!byte.TryParse(digits[..2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _samples[_count++]))
                    return false;
            }
        }

        return true;
    }

    private bool TryNumbers(ReadOnlySpan<char> line)
    {
        foreach (var range in line.SplitAny(s_betweenNumbers))
        {
            var number = line[range];
            if (number.IsEmpty)
                continue;
            var digits = WithoutPrefix(number);
            var style = digits.Length < number.Length ? NumberStyles.AllowHexSpecifier : NumberStyles.AllowLeadingSign;
            if (!long.TryParse(digits, style, CultureInfo.InvariantCulture, out var value))
                return false;
            _samples[_count++] = (byte)value; // digitization: the low byte of the number
        }

        return true;
    }

    private static ReadOnlySpan<char> WithoutPrefix(ReadOnlySpan<char> text) =>
        text.StartsWith(HexPrefix, StringComparison.OrdinalIgnoreCase) ? text[HexPrefix.Length..] : text;
}
