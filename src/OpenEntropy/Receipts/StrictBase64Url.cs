using System.Buffers;
using System.Buffers.Text;

namespace OpenEntropy.Receipts;

/// <summary>
/// base64url (RFC 4648, 5) in its one canonical form, without padding or white space and with zero bits at the end: another text of the same
/// bytes would be another receipt of the same signature.
/// </summary>
internal static class StrictBase64Url
{
    /// <summary>The bytes; null for anything else than the canonical form.</summary>
    /// <param name="text">The text.</param>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[(text.Length / 4 * 3) + 3];
        var status = Base64Url.DecodeFromChars(text, bytes, out var consumed, out var written);
        return
            status == OperationStatus.Done
            && consumed == text.Length
            && Base64Url.EncodeToString(bytes.AsSpan(0, written)).AsSpan().SequenceEqual(text)
            ? bytes[..written]
            : null;
    }
}
