using System.Text;
using System.Text.Unicode;

namespace OpenEntropy.Server.Randomness;

/// <summary>
/// Walks the parameters of a raw query string. Names and values without escapes are slices of it; only those with escapes are decoded, into
/// a buffer the caller lends.
/// </summary>
/// <param name="query">With or without the question mark.</param>
internal ref struct QueryReader(ReadOnlySpan<char> query)
{
    private ReadOnlySpan<char> _rest = query.StartsWith('?') ? query[1..] : query;

    /// <summary>The parameter's name, still encoded.</summary>
    public ReadOnlySpan<char> Name { get; private set; }

    /// <summary>The parameter's value, still encoded; empty where there is no equals sign.</summary>
    public ReadOnlySpan<char> Value { get; private set; }

    /// <summary>Moves to the next parameter; empty ones, as in <c>a=1&amp;&amp;b=2</c>, are passed over.</summary>
    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var end = _rest.IndexOf('&');
            var pair = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? [] : _rest[(end + 1)..];
            if (pair.IsEmpty)
            {
                continue;
            }

            var equals = pair.IndexOf('=');
            Name = equals < 0 ? pair : pair[..equals];
            Value = equals < 0 ? [] : pair[(equals + 1)..];
            return true;
        }

        return false;
    }

    /// <summary>The parameter's name and value as text.</summary>
    /// <param name="nameBuffer">At least <see cref="FieldValue.LongestText"/> characters.</param>
    /// <param name="valueBuffer">As long.</param>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <returns>Null where both are text.</returns>
    public readonly RequestError? Decode(
        Span<char> nameBuffer,
        Span<char> valueBuffer,
        out ReadOnlySpan<char> name,
        out ReadOnlySpan<char> value
    )
    {
        value = [];
        return !TryDecode(Name, nameBuffer, out name) ? FieldValue.RefuseName(Name)
            : !TryDecode(Value, valueBuffer, out value) ? FieldValue.RefuseEncoding(name)
            : null;
    }

    /// <summary>Undoes percent-encoding, and plus signs for spaces.</summary>
    /// <param name="encoded">A name or value.</param>
    /// <param name="buffer">At least as long as <paramref name="encoded"/>, or the result is false.</param>
    /// <param name="decoded">The text: a slice of one of the two.</param>
    /// <returns>False for an escape that is cut short or has other digits, and for bytes that are not UTF-8.</returns>
    public static bool TryDecode(ReadOnlySpan<char> encoded, Span<char> buffer, out ReadOnlySpan<char> decoded)
    {
        decoded = encoded;
        return encoded.IndexOfAny('%', '+') < 0 || TryDecodeEscapes(encoded, buffer, out decoded);
    }

    private static bool TryDecodeEscapes(ReadOnlySpan<char> encoded, Span<char> buffer, out ReadOnlySpan<char> decoded)
    {
        decoded = [];
        Span<byte> bytes = stackalloc byte[FieldValue.LongestText * 3];
        return encoded.Length <= FieldValue.LongestText
            && encoded.Length <= buffer.Length
            && TryDecode(encoded, bytes, buffer, out decoded);
    }

    /// <summary>Undoes percent-encoding of text of any length.</summary>
    /// <param name="encoded">A name or value.</param>
    /// <param name="bytes">Three for each character of <paramref name="encoded"/>.</param>
    /// <param name="buffer">As long as <paramref name="encoded"/>.</param>
    /// <param name="decoded">The text: a slice of <paramref name="buffer"/>.</param>
    /// <returns>False for an escape that is cut short or has other digits, and for bytes that are not UTF-8.</returns>
    public static bool TryDecode(ReadOnlySpan<char> encoded, scoped Span<byte> bytes, Span<char> buffer, out ReadOnlySpan<char> decoded)
    {
        decoded = [];
        var count = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            var c = encoded[i];
            if (c != '%')
            {
                // What is not escaped may still be outside ASCII: servers pass such bytes on as characters.
                if (!Rune.TryCreate(c == '+' ? ' ' : c, out var rune))
                {
                    return false;
                }

                count += rune.EncodeToUtf8(bytes[count..]);
                continue;
            }

            if (i + 2 >= encoded.Length || !char.IsAsciiHexDigit(encoded[i + 1]) || !char.IsAsciiHexDigit(encoded[i + 2]))
            {
                return false;
            }

            bytes[count++] = (byte)((Convert.ToInt32(encoded[i + 1].ToString(), 16) << 4) | Convert.ToInt32(encoded[i + 2].ToString(), 16));
            i += 2;
        }

        if (!Utf8.IsValid(bytes[..count]))
        {
            return false;
        }

        decoded = buffer[..Encoding.UTF8.GetChars(bytes[..count], buffer)];
        return true;
    }
}
