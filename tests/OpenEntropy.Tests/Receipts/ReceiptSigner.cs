using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OpenEntropy.Receipts;

namespace OpenEntropy.Tests.Receipts;

/// <summary>Signs receipts as the service does, with the key of RFC 7515, A.3.1, from nothing but the standard.</summary>
internal static class ReceiptSigner
{
    public const string X = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    public const string Y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
    private const string D = "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI";

    /// <summary>The bytes that the receipt below is of: four hex8 elements of two bytes.</summary>
    public static byte[] Data { get; } = [0xA0, 0x01, 0xFF, 0x07, 0x5C, 0x00, 0xBE, 0xEF];

    public static string Elements => "[\"a001\",\"ff07\",\"5c00\",\"beef\"]";

    public static string Jwk => $$"""{"kty":"EC","crv":"P-256","x":"{{X}}","y":"{{Y}}"}""";

    public static ReceiptPublicKey Key { get; } = Parse(Jwk);

    public static string Header => $$"""{"alg":"ES256","typ":"openentropy-receipt","kid":"{{Key.KeyId}}"}""";

    public static string Claims { get; } =
        $$"""
        {"version":1,"service_version":"0.1.0","sequence":17,"time":"2030-01-01T00:00:00.000Z","quality":"drbg","conditioning":"drbg","fresh":false,"type":"hex8","length":4,"size":2,"bytes":8,"sha256":"{{Convert.ToHexStringLower(
            SHA256.HashData(Data)
        )}}","seed_blocks":1,"credited_bits":448,"leave_out":1,"sources":[{"name":"hash_timing","credited_bits_since_start":1000.5}]}
        """;

    /// <summary>The claims with the data in them, as a JWS in JSON has it.</summary>
    public static string ClaimsWithData => $"{Claims[..^1]},\"data\":{Elements}}}";

    public static ReceiptPublicKey Parse(string text) =>
        ReceiptPublicKey.TryParse(text, out var key) ? key : throw new ArgumentException("no key", nameof(text));

    public static string Compact(string? header = null, string? claims = null)
    {
        var input = $"{Encode(header ?? Header)}.{Encode(claims ?? Claims)}";
        return $"{input}.{Sign(input)}";
    }

    public static string Flattened(string claims)
    {
        var input = $"{Encode(Header)}.{Encode(claims)}";
        return $$"""{"payload":"{{Encode(claims)}}","protected":"{{Encode(Header)}}","signature":"{{Sign(input)}}"}""";
    }

    public static string Answer(string receipt, string type = "hex8", string quality = "drbg", int size = 2) =>
        $$"""{"success":true,"type":"{{type}}","length":4,"size":{{size}},"conditioned":true,"quality":"{{quality}}","receipt":"{{receipt}}","data":{{Elements}}}""";

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    public static string Sign(string input)
    {
        using var key = ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                D = Base64Url.DecodeFromChars(D),
                Q = new ECPoint { X = Base64Url.DecodeFromChars(X), Y = Base64Url.DecodeFromChars(Y) },
            }
        );
        return Base64Url.EncodeToString(
            key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
        );
    }
}
