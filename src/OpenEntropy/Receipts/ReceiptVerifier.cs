using System.Security.Cryptography;
using System.Text.Json;

namespace OpenEntropy.Receipts;

/// <summary>Checks receipts of <c>/api/v1/random</c>.</summary>
public static class ReceiptVerifier
{
    /// <summary>How far a receipt may lie in the future of who checks it: two clocks differ.</summary>
    private static readonly TimeSpan s_tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Checks a receipt. What is malformed fails a check; nothing is thrown for it.</summary>
    /// <param name="receipt">
    /// A compact JWS; a JWS in JSON, with one signature or several; or a whole answer with a member <c>receipt</c>, whose <c>data</c> is then checked.
    /// </param>
    /// <param name="publicKey">The key it should be of.</param>
    /// <param name="data">The random bytes it should be of, in their order, before any encoding; null where there are none to compare.</param>
    /// <param name="time">Null: the system's clock.</param>
    public static ReceiptVerification Verify(
        string receipt,
        ReceiptPublicKey publicKey,
        ReadOnlyMemory<byte>? data = null,
        TimeProvider? time = null
    )
    {
        ArgumentNullException.ThrowIfNull(receipt);
        ArgumentNullException.ThrowIfNull(publicKey);
        try
        {
            return Check(receipt, publicKey, data, (time ?? TimeProvider.System).GetUtcNow());
        }
        catch (InvalidOperationException)
        {
            return Malformed(); // a JSON string with half of a surrogate pair, which has no text
        }
    }

    private static ReceiptVerification Check(string receipt, ReceiptPublicKey publicKey, ReadOnlyMemory<byte>? data, DateTimeOffset now)
    {
        var document = JwsDocument.Parse(receipt, publicKey.KeyId);
        var header = document is null ? null : JwsHeader.Parse(document.Protected);
        var payload = document is null ? null : StrictBase64Url.Decode(document.Payload);
        var signature = document is null ? null : StrictBase64Url.Decode(document.Signature);
        if (document is null || header is null || payload is null || signature is null)
            return Malformed();
        var isSigned = publicKey.IsSignature(signature, document.SigningInput);
        var claims = ReceiptReader.Read(payload, header.KeyId, out var signedData);
        var checks = new List<ReceiptCheck>
        {
            new(ReceiptCheck.Form, ReceiptOutcome.Passed),
            Check(ReceiptCheck.Signature, isSigned, "the signature is not this key's over this receipt"),
            Check(ReceiptCheck.KeyId, header.KeyId == publicKey.KeyId, "the receipt names another key"),
            Check(ReceiptCheck.Claims, claims is not null, $"the payload is no receipt of version {ReceiptReader.Version}"),
        };
        if (claims is null)
        {
            checks.AddRange(NotChecked("the payload cannot be read", ReceiptCheck.Time, ReceiptCheck.Data, ReceiptCheck.Answer));
            return new ReceiptVerification(Receipt: null, checks);
        }

        checks.Add(Check(ReceiptCheck.Time, claims.Time <= now + s_tolerance, "the receipt is of the future"));
        checks.Add(CheckData(claims, signedData, document.Answer, data));
        checks.Add(
            document.Answer is { } answer
                ? Check(ReceiptCheck.Answer, Agrees(answer, claims), "type, length, size or quality of the answer is not what was signed")
                : new(ReceiptCheck.Answer, ReceiptOutcome.NotChecked, "the receipt came without its answer")
        );
        return new ReceiptVerification(isSigned ? claims : null, checks);
    }

    private static ReceiptVerification Malformed() =>
        new(
            Receipt: null,
            [
                new(ReceiptCheck.Form, ReceiptOutcome.Failed, "the text is no receipt: a JWS of RFC 7515 in canonical base64url"),
                .. NotChecked(
                    "the text is no receipt",
                    ReceiptCheck.Signature,
                    ReceiptCheck.KeyId,
                    ReceiptCheck.Claims,
                    ReceiptCheck.Time,
                    ReceiptCheck.Data,
                    ReceiptCheck.Answer
                ),
            ]
        );

    private static IEnumerable<ReceiptCheck> NotChecked(string reason, params string[] names) =>
        names.Select(name => new ReceiptCheck(name, ReceiptOutcome.NotChecked, reason));

    private static ReceiptCheck Check(string name, bool passed, string reason) =>
        passed ? new(name, ReceiptOutcome.Passed) : new(name, ReceiptOutcome.Failed, reason);

    /// <summary>Whatever data there is must be the data that was signed: in the payload, in the answer, and what the caller gave.</summary>
    private static ReceiptCheck CheckData(Receipt receipt, JsonElement? signed, JsonElement? answer, ReadOnlyMemory<byte>? given)
    {
        var elements = new List<JsonElement>();
        if (signed is { } inPayload)
            elements.Add(inPayload);
        if (answer is { } around)
            elements.Add(around.TryGetProperty("data", out var inAnswer) ? inAnswer : default);
        if (elements.Count == 0 && given is null)
            return new(ReceiptCheck.Data, ReceiptOutcome.NotChecked, "no data was given");
        var matches =
            (given is not { } bytes || Matches(bytes.Span, receipt))
            && elements.TrueForAll(each => ReceiptData.Hash(each, receipt) == receipt.Sha256);
        return Check(ReceiptCheck.Data, matches, "the data is not the data that was signed");
    }

    private static bool Matches(ReadOnlySpan<byte> data, Receipt receipt) =>
        data.Length == receipt.Bytes && Convert.ToHexStringLower(SHA256.HashData(data)) == receipt.Sha256;

    private static bool Agrees(JsonElement answer, Receipt receipt) =>
        IsText(answer, "type", receipt.Type)
        && IsText(answer, "quality", receipt.Quality)
        && IsNumber(answer, "length", receipt.Length)
        && IsNumber(answer, "size", receipt.Size);

    private static bool IsText(JsonElement answer, string name, string expected) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.ValueEquals(expected);

    private static bool IsNumber(JsonElement answer, string name, long expected) =>
        answer.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var number)
        && number == expected;
}
