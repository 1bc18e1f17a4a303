namespace OpenEntropy.Receipts;

/// <summary>One check of a receipt.</summary>
/// <param name="Name">One of the names below.</param>
/// <param name="Outcome">How it came out.</param>
/// <param name="Reason">Why it did not pass, in one sentence; null where it passed.</param>
public sealed record ReceiptCheck(string Name, ReceiptOutcome Outcome, string? Reason = null)
{
    /// <summary>The text is a JWS of RFC 7515 in one of its serializations, or an answer that holds one, and encoded in the one canonical way.</summary>
    public const string Form = "form";

    /// <summary>The ECDSA signature (ES256, RFC 7518, 3.4) is the key's.</summary>
    public const string Signature = "signature";

    /// <summary>The key id in the protected header is the thumbprint (RFC 7638) of the key.</summary>
    public const string KeyId = "key_id";

    /// <summary>Every member a receipt has is there, with a value it can have.</summary>
    public const string Claims = "claims";

    /// <summary>The receipt is not of the future.</summary>
    public const string Time = "time";

    /// <summary>The data has the length and the SHA-256 that were signed.</summary>
    public const string Data = "data";

    /// <summary>Where a whole answer was given: its <c>type</c>, <c>length</c>, <c>size</c> and <c>quality</c> are those that were signed.</summary>
    public const string Answer = "answer";
}
