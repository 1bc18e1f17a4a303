using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Receipts;

/// <summary>Writes bodies with receipts, in slices as the client reads them.</summary>
internal static class ReceiptBodies
{
    /// <summary>Text of one write; what encodes to it in base64url is a multiple of three bytes.</summary>
    private const int SliceText = 65_536;

    private const int SliceBytes = SliceText / 4 * 3;

    /// <summary>Writes a text as it is.</summary>
    /// <param name="response">Its headers are set, but for the length.</param>
    /// <param name="text">The whole body.</param>
    public static async Task WriteAsync(HttpResponse response, ReadOnlyMemory<byte> text)
    {
        response.ContentLength = text.Length;
        var gone = response.HttpContext.RequestAborted;
        for (; text.Length > 0; text = text[Math.Min(SliceText, text.Length)..])
        {
            await response.Body.WriteAsync(text[..Math.Min(SliceText, text.Length)], gone);
        }
    }

    /// <summary>Writes a text as the payload of a JWS in flattened JSON (RFC 7515, 7.2.2): signed first, then written, a slice at a time.</summary>
    /// <param name="response">Its headers are set, but for the length.</param>
    /// <param name="payload">The whole payload.</param>
    /// <param name="key">Signs.</param>
    public static async Task WriteFlattenedAsync(HttpResponse response, ReadOnlyMemory<byte> payload, SigningKey key)
    {
        using var slice = PooledBytes.Rent(SliceText);
        var end =
            $"\",\"protected\":\"{key.ProtectedHeader}\",\"signature\":\"{Base64Url.EncodeToString(key.Sign(Hash(payload.Span, key, slice.Span)))}\"}}";
        var start = "{\"payload\":\""u8.ToArray();
        response.ContentLength = start.Length + Base64Url.GetEncodedLength(payload.Length) + end.Length;
        var gone = response.HttpContext.RequestAborted;
        await response.Body.WriteAsync(start, gone);
        for (; payload.Length > 0; payload = payload[Math.Min(SliceBytes, payload.Length)..])
        {
            var length = Base64Url.EncodeToUtf8(payload.Span[..Math.Min(SliceBytes, payload.Length)], slice.Span);
            await response.Body.WriteAsync(slice.Memory[..length], gone);
        }

        await response.Body.WriteAsync(Encoding.ASCII.GetBytes(end), gone);
    }

    /// <summary>SHA-256 of the signing input: RFC 7515, 5.1, step 5.</summary>
    private static byte[] Hash(ReadOnlySpan<byte> payload, SigningKey key, Span<byte> slice)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes(key.ProtectedHeader + "."));
        for (; payload.Length > 0; payload = payload[Math.Min(SliceBytes, payload.Length)..])
        {
            hash.AppendData(slice[..Base64Url.EncodeToUtf8(payload[..Math.Min(SliceBytes, payload.Length)], slice)]);
        }

        return hash.GetHashAndReset();
    }
}
