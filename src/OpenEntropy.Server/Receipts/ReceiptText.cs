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

    /// <summary>The most bytes <see cref="Join"/> writes.</summary>
    /// <param name="head">What stands before the elements.</param>
    /// <param name="request">The request.</param>
    public static int MaxJoined(ReadOnlySpan<byte> head, in RandomRequest request) =>
        head.Length + ((int)request.Length * Elements(in request).MaxElementText) + JsonHead.EndOf(AnswerShape.Service).Length;

    /// <summary>Head, elements and what closes the object.</summary>
    /// <param name="head">It ends with the bracket that opens <c>data</c>.</param>
    /// <param name="request">Type, length and size.</param>
    /// <param name="bytes">The random bytes.</param>
    /// <param name="text">At least <see cref="MaxJoined"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    public static int Join(ReadOnlySpan<byte> head, in RandomRequest request, ReadOnlySpan<byte> bytes, Span<byte> text)
    {
        head.CopyTo(text);
        var position = head.Length + Elements(in request).Write(bytes, text[head.Length..]) - 1; // no comma after the last
        JsonHead.EndOf(AnswerShape.Service).CopyTo(text[position..]);
        return position + JsonHead.EndOf(AnswerShape.Service).Length;
    }

    private static ElementText Elements(in RandomRequest request) => new(request.Type, request.ElementBytes, json: true);
}
