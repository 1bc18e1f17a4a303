using OpenEntropy.Cli.Running;
using OpenEntropy.Receipts;

namespace OpenEntropy.Cli.Verifying;

/// <summary>Verifies a receipt.</summary>
internal static class ReceiptCase
{
    /// <summary>Verifies.</summary>
    /// <param name="text">The receipt, or the answer that holds it.</param>
    /// <param name="keyText">The key it should be of: a JWK, a JWK Set as <c>/api/v1/identity</c> answers with, or PEM.</param>
    /// <param name="keyPath">Where the key is from.</param>
    /// <param name="data">The data it should be of; null: none.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="CommandFailureException">There is no key.</exception>
    public static VerifyResult Verify(string text, string keyText, string keyPath, ReadOnlyMemory<byte>? data, TimeProvider time)
    {
        if (!ReceiptPublicKey.TryParse(keyText, out var key))
            throw new CommandFailureException(
                $"{keyPath} holds no public key on P-256: --key takes a JWK, the answer of /api/v1/identity, or PEM."
            );
        var found = ReceiptVerifier.Verify(text, key, data, time);
        return new VerifyResult(
            "receipt",
            data is null ? found.IsValid : found.IsValidForData,
            Id: null,
            found.Receipt?.Sequence,
            [key.KeyId],
            [.. found.Checks.Select(check => new VerifyCheck(check.Name, Word(check.Outcome), check.Reason))]
        );
    }

    private static string Word(ReceiptOutcome outcome) =>
        outcome switch
        {
            ReceiptOutcome.Passed => VerifyCheck.Passed,
            ReceiptOutcome.Failed => VerifyCheck.Failed,
            _ => VerifyCheck.NotChecked,
        };
}
