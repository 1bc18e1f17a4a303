using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Receipts;

/// <summary>Writes bodies with receipts, in slices as the client reads them: of an answer its bytes alone are held until then.</summary>
internal static class ReceiptBodies
{
    /// <summary>Writes the ANU object with a receipt in it.</summary>
    /// <param name="response">Its headers are set, but for the length.</param>
    /// <param name="head">What stands before the elements, the receipt included.</param>
    /// <param name="request">Type, length and size.</param>
    /// <param name="bytes">The random bytes.</param>
    public static async Task WriteAsync(HttpResponse response, byte[] head, RandomRequest request, ReadOnlyMemory<byte> bytes)
    {
        response.ContentLength = head.Length + ElementText.For(in request).Measure(bytes.Span) - 1 + JsonHead.EndOf(request.Shape).Length;
        await response.StartAsync();
        response.BodyWriter.Write(head);
        await ElementBody.WriteLongAsync(response, request, bytes);
    }

    /// <summary>Writes a JWS in flattened JSON (RFC 7515, 7.2.2) whose payload holds the elements: signed first, then written.</summary>
    /// <param name="response">Its headers are set, but for the length.</param>
    /// <param name="head">What stands in the payload before the elements.</param>
    /// <param name="request">Type, length and size.</param>
    /// <param name="bytes">The random bytes.</param>
    /// <param name="key">Signs.</param>
    public static async Task WriteFlattenedAsync(
        HttpResponse response,
        byte[] head,
        RandomRequest request,
        ReadOnlyMemory<byte> bytes,
        SigningKey key
    )
    {
        var signature = Base64Url.EncodeToString(key.Sign(Hash(head, request, bytes, key)));
        var start = "{\"payload\":\""u8.ToArray();
        var end = Encoding.ASCII.GetBytes($"\",\"protected\":\"{key.ProtectedHeader}\",\"signature\":\"{signature}\"}}");
        using var payload = new SignedElements(head, request, bytes);
        response.ContentLength = start.Length + payload.Length + end.Length;
        var gone = response.HttpContext.RequestAborted;
        await response.Body.WriteAsync(start, gone);
        for (var slice = payload.Next(); !slice.IsEmpty; slice = payload.Next())
        {
            await response.Body.WriteAsync(slice, gone);
        }

        await response.Body.WriteAsync(end, gone);
    }

    /// <summary>SHA-256 of the signing input: RFC 7515, 5.1, step 5.</summary>
    private static byte[] Hash(byte[] head, RandomRequest request, ReadOnlyMemory<byte> bytes, SigningKey key)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes(key.ProtectedHeader + "."));
        using var payload = new SignedElements(head, request, bytes);
        for (var slice = payload.Next(); !slice.IsEmpty; slice = payload.Next())
        {
            hash.AppendData(slice.Span);
        }

        return hash.GetHashAndReset();
    }
}
