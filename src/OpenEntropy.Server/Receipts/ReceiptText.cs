using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Receipts;

/// <summary>The texts of answers with receipts.</summary>
internal static class ReceiptText
{
    /// <summary>A compact JWS (RFC 7515, 7.1).</summary>
    /// <param name="key">Signs.</param>
    /// <param name="payload">The whole payload.</param>
    public static string Compact(SigningKey key, ReadOnlySpan<byte> payload)
    {
        var input = $"{key.ProtectedHeader}.{Base64Url.EncodeToString(payload)}";
        return $"{input}.{Base64Url.EncodeToString(key.Sign(SHA256.HashData(Encoding.ASCII.GetBytes(input))))}";
    }

    /// <summary>The members of the ANU object, and then the receipt, up to the bracket that opens <c>data</c>, which stays the last member.</summary>
    /// <param name="served">The answer.</param>
    /// <param name="receipt">A compact JWS.</param>
    public static byte[] Head(in ServedAnswer served, string receipt)
    {
        var request = served.Request;
        var head = new byte[JsonHead.MaxLength(in request, served.Origin)];
        var length = JsonHead.Write(in request, served.Origin, head) - JsonHead.Data.Length;
        return [.. head.AsSpan(0, length), .. ",\"receipt\":\""u8, .. Encoding.ASCII.GetBytes(receipt), (byte)'"', .. JsonHead.Data];
    }
}
