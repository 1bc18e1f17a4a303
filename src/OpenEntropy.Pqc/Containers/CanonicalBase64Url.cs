using System.Buffers;
using System.Buffers.Text;

namespace OpenEntropy.Pqc.Containers;

/// <summary>base64url (RFC 4648, 5) in its one canonical form: no padding, no white space, zero bits at the end.</summary>
internal static class CanonicalBase64Url
{
    /// <summary>The bytes; null for anything else than the canonical form.</summary>
    /// <param name="text">The text.</param>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        var status = Base64Url.DecodeFromChars(text, bytes, out var consumed, out var written);
        return
            status == OperationStatus.Done
            && consumed == text.Length
            && Base64Url.EncodeToString(bytes.AsSpan(0, written)).AsSpan().SequenceEqual(text)
            ? bytes[..written]
            : null;
    }
}
