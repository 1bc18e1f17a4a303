using System.Security.Cryptography;

namespace OpenEntropy.Pqc.Containers;

/// <summary>Containers as text: RFC 7468, without explanatory text around.</summary>
internal static class Pem
{
    /// <summary>Writes a container, with a line break at the end.</summary>
    /// <param name="label">The label.</param>
    /// <param name="encoded">DER.</param>
    /// <returns>The text, the caller's to zero where it holds a secret.</returns>
    public static char[] Write(string label, ReadOnlySpan<byte> encoded)
    {
        var text = GC.AllocateArray<char>(PemEncoding.GetEncodedSize(label.Length, encoded.Length) + 1, pinned: true);
        if (!PemEncoding.TryWrite(label, encoded, text, out var written) || written != text.Length - 1)
            throw new ArgumentException($"{label} is no label of PEM.", nameof(label));
        text[^1] = '\n';
        return text;
    }

    /// <summary>Reads a container.</summary>
    /// <param name="text">One container, with nothing but white space around.</param>
    /// <param name="label">The label it must have.</param>
    /// <returns>DER, the caller's to zero where it holds a secret.</returns>
    /// <exception cref="KeyFormatException">Anything else.</exception>
    public static byte[] Read(ReadOnlySpan<char> text, string label)
    {
        if (!PemEncoding.TryFind(text, out var fields))
            throw new KeyFormatException("The text is not PEM.");
        if (!text[fields.Label].SequenceEqual(label))
            throw new KeyFormatException($"The text is a {text[fields.Label]} in PEM, not a {label}.");
        var (before, _) = fields.Location.GetOffsetAndLength(text.Length);
        if (!text[..before].IsWhiteSpace() || !text[fields.Location.End..].IsWhiteSpace())
            throw new KeyFormatException($"There is something else in the text than a {label} in PEM.");
        var encoded = SecretArray.Of<byte>(fields.DecodedDataLength);
        return Convert.TryFromBase64Chars(text[fields.Base64Data], encoded, out var length) && length == encoded.Length
            ? encoded
            : throw new KeyFormatException($"The {label} is not base64.");
    }
}
