using OpenEntropy.Receipts;
using OpenEntropy.Server.Receipts;
using OpenEntropy.Tests.Receipts;

namespace OpenEntropy.Fuzz.Parsers.Targets;

/// <summary>Receipts from anywhere, and the keys they are checked with.</summary>
internal static class ReceiptTargets
{
    private const int Sequence = 17;

    private const string Pem = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV7
        6e8Tus9uPHvRVEXH8UTNG72bfocs3+257rn0s2ldbqkLJK2KRiMohYjlrQ==
        -----END PUBLIC KEY-----
        """;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ParserTarget> All { get; } =
    [
        new(
            "receipt",
            ReadReceipt,
            ReceiptSigner.Compact(),
            ReceiptSigner.Flattened(ReceiptSigner.ClaimsWithData),
            ReceiptSigner.Answer(ReceiptSigner.Compact()),
            $$"""{"payload":"{{ReceiptSigner.Encode(ReceiptSigner.Claims)}}","signatures":[{"protected":"e30","signature":""}]}"""
        )
        {
            Cost = 4,
        },
        new("receipt_claims", ReadClaims, ReceiptSigner.Claims, ReceiptSigner.ClaimsWithData) { Cost = 8 },
        new("receipt_key", ReadKey, ReceiptSigner.Jwk, $$"""{"keys":[{{ReceiptSigner.Jwk}}]}""", Pem) { Cost = 4 },
        new("signing_key", ReadSigningKey, SigningKey.FromScalar([.. Enumerable.Range(1, 32).Select(i => (byte)i)]).Pkcs8.ToArray())
        {
            Cost = 4,
        },
    ];

    // What of an answer is not signed may be another.
    private static void ReadReceipt(string text)
    {
        var found = ReceiptVerifier.Verify(text, ReceiptSigner.Key, ReceiptSigner.Data);
        BrokenRuleException.Unless(
            !found.IsValidForData || found.Receipt is { Sequence: Sequence },
            "a receipt is valid that nobody signed"
        );
        BrokenRuleException.Unless(found.Checks.Count > 0, "nothing was checked");
    }

    // Signed as they stand, so that what reads them is reached.
    private static void ReadClaims(string claims)
    {
        var found = ReceiptVerifier.Verify(ReceiptSigner.Compact(claims: claims), ReceiptSigner.Key, ReceiptSigner.Data);
        BrokenRuleException.Unless(found.Checks.Count > 0, "nothing was checked");
    }

    private static void ReadKey(string text)
    {
        if (ReceiptPublicKey.TryParse(text, out var key))
            BrokenRuleException.Unless(key.KeyId.Length == 43, "a thumbprint has another length");
    }

    private static void ReadSigningKey(byte[] pkcs8)
    {
        using var key = SigningKey.FromPkcs8(pkcs8);
        BrokenRuleException.Unless(key is null || key.KeyId.Length == 43, "a thumbprint has another length");
    }
}
